# Eight schools, centred
data {
  int<lower=0> J; # number of schools
  real y[J];
  real<lower=0> sigma[J];
}
parameters {
  real mu;
  real<lower=0> tau;
  real theta[J];
}
model {
  theta ~ normal(mu, tau);
  y ~ normal(theta, sigma);
}
