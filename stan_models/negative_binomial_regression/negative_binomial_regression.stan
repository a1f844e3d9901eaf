// Negative binomial regression of a count on K predictors: counts vary more than
// Poisson counts do, with variance mu + mu^2 / phi.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  array[N] int<lower=0> y;
}
parameters {
  real alpha; // log of the expected count where every predictor is 0
  vector[K] beta; // change of the log expected count per unit of each predictor
  real<lower=0> phi; // precision (theta in R); Poisson where it is infinite
}
model {
  // expected counts up to exp(10), about 22 000, are within two standard deviations
  alpha ~ normal(0, 5);
  // rate ratios from 1/150 to 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  // keeps phi away from 0, and from infinity where counts vary like Poisson counts
  phi ~ gamma(2, 0.1);
  // the same as y ~ neg_binomial_2_log(alpha + X * beta, phi), only faster
  y ~ neg_binomial_2_log_glm(X, alpha, beta, phi);
}
generated quantities {
  vector[K] rate_ratio = exp(beta);
  vector[N] log_lik;
  array[N] int y_rep;
  {
    vector[N] log_mean = alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = neg_binomial_2_log_lpmf(y[n] | log_mean[n], phi);
    }
    // the mixing gamma multiplies the mean, and the count must fit Stan's integers
    y_rep = neg_binomial_2_log_rng(fmin(log_mean, 15), phi);
  }
}
