// Logistic regression of y successes in a number of trials on K predictors.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  array[N] int<lower=0> trials;
  array[N] int<lower=0, upper=trials> y;
}
parameters {
  real alpha; // log odds where every predictor is 0
  vector[K] beta; // change of the log odds per unit of each predictor
}
model {
  // weakly informative when a unit of each predictor is a notable step:
  // odds ratios from 1/150 to 150 are within two standard deviations
  alpha ~ normal(0, 2.5);
  beta ~ normal(0, 2.5);
  // the same as y ~ binomial_logit(trials, alpha + X * beta), only faster
  y ~ binomial_logit_glm(trials, X, alpha, beta);
}
generated quantities {
  vector[K] odds_ratio = exp(beta);
  vector[N] log_lik;
  array[N] int y_rep;
  {
    vector[N] eta = alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = binomial_logit_lpmf(y[n] | trials[n], eta[n]);
    }
    y_rep = binomial_rng(trials, inv_logit(eta));
  }
}
