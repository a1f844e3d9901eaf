// A rate of waiting times with a gamma prior, which is conjugate: the posterior
// is gamma(a + N, b + sum(y)), so this is a yardstick for software.
data {
  int<lower=1> N;
  vector<lower=0>[N] y; // times between events
  real<lower=0> a; // as if a events had been seen
  real<lower=0> b; // in a time of b
}
parameters {
  real<lower=0> lambda; // events per unit of time
}
model {
  lambda ~ gamma(a, b);
  y ~ exponential(lambda);
}
generated quantities {
  real mean_time = 1 / lambda;
  vector[N] log_lik;
  array[N] real y_rep;
  for (n in 1 : N) {
    log_lik[n] = exponential_lpdf(y[n] | lambda);
    y_rep[n] = exponential_rng(lambda);
  }
}
