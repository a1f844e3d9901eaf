data {
  int<lower=0> J;
  array[J] int<lower=0> y;
  array[J] int<lower=0> n;
}
parameters {
  real<lower=0, upper=1> phi;      // population mean
  real<lower=1> kappa;             // population size
  vector<lower=0, upper=1>[J] theta;
}
transformed parameters {
  real<lower=0> alpha = kappa * phi;
  real<lower=0> beta = kappa * (1 - phi);
}
model {
  /*@prior*/ phi ~ beta(1, 3);
  /*@prior*/ target += -2.5 * log(alpha + beta);
  /*@population*/ theta ~ beta(alpha, beta);
  /*@likelihood*/ y ~ binomial(n, theta);
}
