// Linear regression of a continuous outcome on K predictors.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  vector[N] y;
  // all priors depend on the units of y and X, so whoever has the data states them
  real alpha_prior_mean;
  real<lower=0> alpha_prior_sd;
  vector<lower=0>[K] beta_prior_sd;
  real<lower=0> sigma_prior_mean;
}
parameters {
  real alpha; // expected outcome where every predictor is 0
  vector[K] beta; // change of the outcome per unit of each predictor
  real<lower=0> sigma; // standard deviation of the residuals
}
model {
  alpha ~ normal(alpha_prior_mean, alpha_prior_sd);
  beta ~ normal(0, beta_prior_sd);
  sigma ~ exponential(1 / sigma_prior_mean);
  // the same as y ~ normal(alpha + X * beta, sigma), only faster
  y ~ normal_id_glm(X, alpha, beta, sigma);
}
generated quantities {
  vector[N] log_lik;
  array[N] real y_rep;
  {
    vector[N] mu = alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = normal_lpdf(y[n] | mu[n], sigma);
    }
    y_rep = normal_rng(mu, sigma);
  }
}
