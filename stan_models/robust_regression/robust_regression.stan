// Robust regression of a continuous outcome on K predictors: Student-t errors,
// so an outlier moves the line far less than it does with Gaussian errors.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  vector[N] y;
  // these priors depend on the units of y and X, so whoever has the data states them
  real alpha_prior_mean;
  real<lower=0> alpha_prior_sd;
  vector<lower=0>[K] beta_prior_sd;
  real<lower=0> sigma_prior_mean;
}
parameters {
  real alpha; // median outcome where every predictor is 0
  vector[K] beta; // change of the median outcome per unit of each predictor
  real<lower=0> sigma; // scale of the errors; their standard deviation is larger
  // with nu near 0 the likelihood is unbounded at a plane through K + 1 points
  real<lower=1> nu; // degrees of freedom: 1 is Cauchy, from 30 on nearly Gaussian
}
model {
  alpha ~ normal(alpha_prior_mean, alpha_prior_sd);
  beta ~ normal(0, beta_prior_sd);
  sigma ~ exponential(1 / sigma_prior_mean);
  nu ~ gamma(2, 0.1); // between 2 and 56 with probability 0.95
  y ~ student_t(nu, alpha + X * beta, sigma);
}
generated quantities {
  vector[N] log_lik;
  array[N] real y_rep;
  {
    vector[N] mu = alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = student_t_lpdf(y[n] | nu, mu[n], sigma);
    }
    y_rep = student_t_rng(nu, mu, sigma);
  }
}
