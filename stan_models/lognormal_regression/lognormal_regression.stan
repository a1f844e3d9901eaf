// Lognormal regression of a positive outcome on K predictors: log(y) is a linear
// regression, but predictions and log likelihood are those of y itself.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  vector<lower=0>[N] y;
}
parameters {
  real alpha; // log of the median outcome where every predictor is 0
  vector[K] beta; // change of the log median outcome per unit of each predictor
  real<lower=0> sigma; // standard deviation of log(y) about its line
}
model {
  alpha ~ normal(0, 5);
  // ratios of medians from 1/150 to 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  // a factor of exp(1) above or below the median is an ordinary error
  sigma ~ exponential(1);
  y ~ lognormal(alpha + X * beta, sigma);
}
generated quantities {
  vector[K] median_ratio = exp(beta);
  vector[N] log_lik;
  array[N] real y_rep;
  {
    vector[N] mu = alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = lognormal_lpdf(y[n] | mu[n], sigma);
    }
    y_rep = lognormal_rng(mu, sigma);
  }
}
