// Lasso regression of a continuous outcome on K predictors. The penalty is a Laplace
// prior: given sigma the mode of beta has exact zeros. Draws have none, so look at
// the posterior for uncertainty and at the mode for selection.
data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] X; // predictors in their own units, without a column of ones
  vector[N] y;
  real<lower=0> lambda; // lambda / sigma is the rate of the prior: large means zeros
  real alpha_prior_mean;
  real<lower=0> alpha_prior_sd;
  real<lower=0> sigma_prior_mean;
}
transformed data {
  // one penalty for all predictors makes sense on one scale only
  vector[K] sd_X;
  matrix[N, K] X_std;
  for (k in 1 : K) {
    sd_X[k] = sd(X[ : , k]);
    X_std[ : , k] = (X[ : , k] - mean(X[ : , k])) / sd_X[k];
  }
}
parameters {
  real alpha; // expected outcome where every predictor has its mean
  vector[K] beta; // change of the outcome per standard deviation of each predictor
  real<lower=0> sigma; // standard deviation of the residuals
}
model {
  alpha ~ normal(alpha_prior_mean, alpha_prior_sd);
  // given sigma the mode is that of scikit-learn with penalty lambda * sigma / N
  beta ~ double_exponential(0, sigma / lambda); // prior
  sigma ~ exponential(1 / sigma_prior_mean);
  // the same as y ~ normal(alpha + X_std * beta, sigma), only faster
  y ~ normal_id_glm(X_std, alpha, beta, sigma);
}
generated quantities {
  vector[K] slope = beta ./ sd_X; // per unit of each predictor
  vector[N] log_lik;
  array[N] real y_rep;
  {
    vector[N] mu = alpha + X_std * beta;
    for (n in 1 : N) {
      log_lik[n] = normal_lpdf(y[n] | mu[n], sigma);
    }
    y_rep = normal_rng(mu, sigma);
  }
}
