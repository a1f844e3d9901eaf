// A proportion: y successes in n trials, with a beta prior. Everything about
// this model has a closed form, so it is a yardstick for software.
data {
  int<lower=1> n;
  int<lower=0, upper=n> y;
  // a = b = 1 is the uniform prior
  real<lower=0> a;
  real<lower=0> b;
}
parameters {
  real<lower=0, upper=1> theta;
}
model {
  theta ~ beta(a, b);
  y ~ binomial(n, theta);
}
generated quantities {
  real log_lik = binomial_lpmf(y | n, theta);
  int<lower=0, upper=n> y_rep = binomial_rng(n, theta);
}
