// Poisson regression of a count on K predictors, where rows were observed for
// different times, areas or populations (the exposure): rates are compared.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  vector<lower=0>[N] exposure;
  array[N] int<lower=0> y;
}
transformed data {
  vector[N] log_exposure = log(exposure); // the offset: its coefficient is 1
}
parameters {
  real alpha; // log of the rate per unit of exposure where every predictor is 0
  vector[K] beta; // change of the log rate per unit of each predictor
}
model {
  // rates from exp(-10) to exp(10) per unit are within two standard deviations
  alpha ~ normal(0, 5);
  // rate ratios from 1/150 to 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  // the same as y ~ poisson_log(log_exposure + alpha + X * beta), only faster
  y ~ poisson_log_glm(X, log_exposure + alpha, beta);
}
generated quantities {
  vector[K] rate_ratio = exp(beta);
  vector[N] log_lik;
  array[N] int y_rep;
  {
    vector[N] log_mean = log_exposure + alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = poisson_log_lpmf(y[n] | log_mean[n]);
    }
    // exp(20) is nearly the largest count that fits Stan's integers
    y_rep = poisson_log_rng(fmin(log_mean, 20));
  }
}
