// Mean and variance with the conjugate prior: the mean is known a priori as well
// as kappa observations would tell it, whatever the variance. The posterior is of
// the same family and the mean has a t distribution: a yardstick for software.
data {
  int<lower=1> N;
  vector[N] y;
  real mu_prior_mean;
  real<lower=0> kappa; // prior observations of the mean
  real<lower=0> a; // shape: half the prior degrees of freedom of the variance
  real<lower=0> b; // scale: half the prior sum of squares
}
parameters {
  real mu;
  real<lower=0> sigma_squared;
}
transformed parameters {
  real<lower=0> sigma = sqrt(sigma_squared);
}
model {
  sigma_squared ~ inv_gamma(a, b);
  mu ~ normal(mu_prior_mean, sigma / sqrt(kappa));
  y ~ normal(mu, sigma);
}
generated quantities {
  vector[N] log_lik;
  array[N] real y_rep;
  for (n in 1 : N) {
    log_lik[n] = normal_lpdf(y[n] | mu, sigma);
    y_rep[n] = normal_rng(mu, sigma);
  }
}
