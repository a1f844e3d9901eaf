// Regression on a predictor that was measured with error of known size. Taking
// the measurements for the truth would bias the slope towards 0; here the true
// values are unknowns, with a normal population of their own.
data {
  int<lower=1> N;
  vector[N] x_measured;
  real<lower=0> sigma_measurement; // standard deviation of the errors, taken as known
  vector[N] y;
  // all priors depend on the units of y and x, so whoever has the data states them
  real alpha_prior_mean;
  real<lower=0> alpha_prior_sd;
  real<lower=0> beta_prior_sd;
  real<lower=0> sigma_prior_mean;
  real mu_prior_mean;
  real<lower=0> mu_prior_sd;
  real<lower=0> tau_prior_mean;
}
parameters {
  real alpha; // expected outcome where the true predictor is 0
  real beta; // change of the outcome per unit of the true predictor
  real<lower=0> sigma; // standard deviation of the residuals
  real mu; // mean of the true predictor in the population
  real<lower=0> tau; // standard deviation of the true predictor in the population
  vector[N] x; // true predictor of each row
}
model {
  alpha ~ normal(alpha_prior_mean, alpha_prior_sd);
  beta ~ normal(0, beta_prior_sd);
  sigma ~ exponential(1 / sigma_prior_mean);
  mu ~ normal(mu_prior_mean, mu_prior_sd);
  tau ~ exponential(1 / tau_prior_mean);
  x ~ normal(mu, tau);
  x_measured ~ normal(x, sigma_measurement);
  y ~ normal(alpha + beta * x, sigma);
}
generated quantities {
  vector[N] log_lik; // of the outcome given the true predictor
  array[N] real y_rep;
  {
    vector[N] expected = alpha + beta * x;
    for (n in 1 : N) {
      log_lik[n] = normal_lpdf(y[n] | expected[n], sigma);
    }
    y_rep = normal_rng(expected, sigma);
  }
}
