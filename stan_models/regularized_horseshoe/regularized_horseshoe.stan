// Regularised horseshoe: linear regression with more predictors than effects. Each
// coefficient has a scale of its own; most are pulled to nearly 0, a few escape,
// and the slab keeps those finite (Piironen and Vehtari 2017).
data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] X; // predictors in their own units, without a column of ones
  vector[N] y;
  real<lower=0, upper=K> expected_effects; // a guess of the number of effects
  real<lower=0> slab_scale; // of large effects, in units of y per standard deviation
  real alpha_prior_mean;
  real<lower=0> alpha_prior_sd;
  real<lower=0> sigma_prior_mean;
}
transformed data {
  // one global scale for all predictors makes sense on one scale only
  vector[K] sd_X;
  matrix[N, K] X_std;
  for (k in 1 : K) {
    sd_X[k] = sd(X[ : , k]);
    X_std[ : , k] = (X[ : , k] - mean(X[ : , k])) / sd_X[k];
  }
  real odds_effect = expected_effects / (K - expected_effects);
}
parameters {
  real alpha; // expected outcome where every predictor has its mean
  vector[K] z; // standardised coefficients: non-centred, as scales vary over decades
  vector<lower=0>[K] local; // scale of each coefficient
  real<lower=0> tau; // scale of all coefficients, in units of sigma
  real<lower=0> slab; // squared width of the slab in units of slab_scale
  real<lower=0> sigma; // standard deviation of the residuals
}
transformed parameters {
  vector[K] beta; // change of the outcome per standard deviation of each predictor
  {
    real width = slab_scale * sqrt(slab);
    real global = tau * sigma;
    // about global * local where that is small, at most the width of the slab
    beta = z .* (width * global * local) ./ sqrt(width ^ 2 + square(global * local));
  }
}
model {
  alpha ~ normal(alpha_prior_mean, alpha_prior_sd);
  z ~ std_normal();
  local ~ cauchy(0, 1); // prior
  tau ~ cauchy(0, odds_effect / sqrt(N));
  slab ~ inv_gamma(2, 2); // a Student-t slab with 4 degrees of freedom
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
