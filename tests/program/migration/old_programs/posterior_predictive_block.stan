data { int N; real y[N]; }
parameters { real mu; real<lower=0> s; }
model { y ~ normal(mu, s); }
generated quantities {
  real y_rep[N];
  int<lower=0,upper=1> exceeds;
  { real m[2];
    for (n in 1:N)
      y_rep[n] <- normal_rng(mu, s);
    m[1] <- mean(y_rep); m[2] <- mean(y);
    exceeds <- m[1] > m[2];
  }
}
