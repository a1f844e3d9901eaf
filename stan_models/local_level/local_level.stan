// Local level: a level that walks at random, observed with noise. It is the
// smallest state space model, and the Kalman filter solves it exactly.
data {
  int<lower=1> N;
  vector[N] y; // in the order of time
  // all priors depend on the unit of y, so whoever has the data states them
  real level_prior_mean; // of the first level
  real<lower=0> level_prior_sd;
  real<lower=0> sigma_prior_mean;
  real<lower=0> tau_prior_mean;
}
parameters {
  real<lower=0> sigma; // standard deviation of the noise
  real<lower=0> tau; // standard deviation of one step of the level
  vector[N] level;
}
model {
  sigma ~ exponential(1 / sigma_prior_mean);
  tau ~ exponential(1 / tau_prior_mean);
  level[1] ~ normal(level_prior_mean, level_prior_sd);
  level[2 : N] ~ normal(level[1 : N - 1], tau);
  y ~ normal(level, sigma);
}
generated quantities {
  vector[N] log_lik; // given the level
  array[N] real y_rep = normal_rng(level, sigma);
  for (n in 1 : N) {
    log_lik[n] = normal_lpdf(y[n] | level[n], sigma);
  }
}
