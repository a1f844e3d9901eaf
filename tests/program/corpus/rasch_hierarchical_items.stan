data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=1> N;
  array[N] int<lower=1, upper=I> ii;
  array[N] int<lower=1, upper=J> jj;
  array[N] int<lower=0, upper=1> y;
}
parameters {
  vector[J] theta;
  vector[I] b;
  real mu_b;
  real<lower=0> sigma_b;
  real<lower=0> sigma_theta;
}
model {
  /*@population*/ theta ~ normal(0, sigma_theta);
  /*@population*/ b ~ normal(mu_b, sigma_b);
  /*@prior*/ mu_b ~ normal(0, 2);
  /*@prior*/ sigma_b ~ lognormal(0, 1);
  /*@prior*/ sigma_theta ~ lognormal(0, 1);
  /*@likelihood*/ y ~ bernoulli_logit(theta[jj] - b[ii]);
}
