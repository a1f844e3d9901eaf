// Zero-inflated Poisson regression with site effects.
data {
  int<lower=1> N;
  array[N] int<lower=0> y;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> site;
}
parameters {
  real<lower=0, upper=1> theta;
  real b0;
  vector[J] u;
  real<lower=0> sigma_u;
}
model {
  /*@prior*/ theta ~ beta(1, 1);
  /*@prior*/ b0 ~ normal(0, 2);
  /*@prior*/ sigma_u ~ normal(0, 1);
  /*@population*/ u ~ normal(0, sigma_u);
  for (n in 1 : N) {
    real eta = b0 + u[site[n]];
    if (y[n] == 0)
      /*@likelihood*/ target += log_sum_exp(bernoulli_lpmf(1 | theta), bernoulli_lpmf(0 | theta) + poisson_log_lpmf(0 | eta));
    else
      /*@likelihood*/ target += bernoulli_lpmf(0 | theta) + poisson_log_lpmf(y[n] | eta);
  }
}
