data {
  int<lower=1> n;
  array[n] real y;
  real mu0;
  real<lower=0> kappa0;
  real<lower=0> nu0;
  real<lower=0> s20;
}
parameters {
  real mu;
  real<lower=0> sigma2;
}
model {
  /*@prior*/ sigma2 ~ scaled_inv_chi_square(nu0, sqrt(s20));
  /*@prior*/ mu ~ normal(mu0, sqrt(sigma2 / kappa0));
  /*@likelihood*/ y ~ normal(mu, sqrt(sigma2));
}
