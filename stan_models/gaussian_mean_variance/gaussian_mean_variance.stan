// Repeated measurements of one quantity: a Gaussian with unknown mean and
// variance. The twin gaussian_mean_sd is the same model with the standard
// deviation as its parameter.
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
  real<lower=0> sigma_squared;
}
transformed parameters {
  real<lower=0> sigma = sqrt(sigma_squared);
}
model {
  mu ~ normal(mu_prior_mean, mu_prior_sd);
  // exactly the law of sigma^2 when sigma is half-normal(0, sigma_prior_scale)
  sigma_squared ~ gamma(0.5, 0.5 / square(sigma_prior_scale));
  y ~ normal(mu, sigma);
}
generated quantities {
  vector[N] log_lik;
  array[N] real y_rep = normal_rng(rep_vector(mu, N), sigma);
  for (n in 1 : N) {
    log_lik[n] = normal_lpdf(y[n] | mu, sigma);
  }
}
