// Varying intercepts: each of J groups has its own intercept, drawn from a
// normal population. Non-centred: the sampler sees standardised intercepts, which
// is the better form where groups are small or alike, since there is no funnel.
data {
  int<lower=1> N;
  int<lower=0> K;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> group;
  matrix[N, K] X; // predictors, without a column of ones
  vector[N] y;
  // all priors depend on the units of y and X, so whoever has the data states them
  real alpha_prior_mean;
  real<lower=0> alpha_prior_sd;
  vector<lower=0>[K] beta_prior_sd;
  real<lower=0> tau_prior_mean;
  real<lower=0> sigma_prior_mean;
}
parameters {
  real alpha; // mean of the intercepts in the population of groups
  vector[K] beta; // change of the outcome per unit of each predictor
  real<lower=0> tau; // standard deviation of the intercepts between groups
  real<lower=0> sigma; // standard deviation of the residuals
  vector[J] intercept_raw; // standardised intercepts
}
transformed parameters {
  vector[J] intercept = alpha + tau * intercept_raw; // intercept of each group
}
model {
  alpha ~ normal(alpha_prior_mean, alpha_prior_sd);
  beta ~ normal(0, beta_prior_sd);
  tau ~ exponential(1 / tau_prior_mean); // finite at 0: equal groups stay possible
  sigma ~ exponential(1 / sigma_prior_mean);
  intercept_raw ~ std_normal(); // so intercept ~ normal(alpha, tau)
  // the same as y ~ normal(intercept[group] + X * beta, sigma), only faster
  y ~ normal_id_glm(X, intercept[group], beta, sigma);
}
generated quantities {
  vector[N] log_lik;
  array[N] real y_rep;
  {
    vector[N] mu = intercept[group] + X * beta;
    for (n in 1 : N) {
      log_lik[n] = normal_lpdf(y[n] | mu[n], sigma);
    }
    y_rep = normal_rng(mu, sigma);
  }
}
