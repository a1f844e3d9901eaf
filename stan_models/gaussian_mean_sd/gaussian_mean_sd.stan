// Repeated measurements of one quantity: a Gaussian with unknown mean and
// standard deviation. The twin gaussian_mean_variance is the same model with
// the variance as its parameter.
data {
  int<lower=2> N; // one measurement cannot tell the spread
  vector[N] y;
  // both priors are in the unit of y, so whoever has the data states them
  real mu_prior_mean;
  real<lower=0> mu_prior_sd;
  real<lower=0> sigma_prior_scale;
}
parameters {
  real mu;
  real<lower=0> sigma;
}
model {
  mu ~ normal(mu_prior_mean, mu_prior_sd);
  sigma ~ normal(0, sigma_prior_scale); // a half-normal, as sigma > 0
  y ~ normal(mu, sigma);
}
generated quantities {
  vector[N] log_lik;
  array[N] real y_rep = normal_rng(rep_vector(mu, N), sigma);
  for (n in 1 : N) {
    log_lik[n] = normal_lpdf(y[n] | mu, sigma);
  }
}
