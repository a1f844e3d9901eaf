data { int R; int T; int<lower=0,upper=1> y[R,T]; }
transformed data {
  int<lower=0> sum_y[R];
  for (i in 1:R) sum_y[i] <- sum(y[i]);
}
parameters { real<lower=0,upper=1> psi; real<lower=0,upper=1> p; }
model {
  for (i in 1:R) {
    if (sum_y[i] > 0)  # seen at least once
      increment_log_prob(log(psi) + bernoulli_log(y[i], p));
    else
      increment_log_prob(log_sum_exp(log(psi) + bernoulli_log(y[i], p), log1m(psi)));
  }
}
