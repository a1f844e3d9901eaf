// Logistic regression of a yes/no outcome on K predictors.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  array[N] int<lower=0, upper=1> y;
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
  // the same as y ~ bernoulli_logit(alpha + X * beta), only faster
  y ~ bernoulli_logit_glm(X, alpha, beta);
}
generated quantities {
  // no log_lik or y_rep: with thousands of rows they would dwarf all else
  vector[K] odds_ratio = exp(beta);
}
