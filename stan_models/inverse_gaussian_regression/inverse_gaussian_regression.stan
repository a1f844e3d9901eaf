// Inverse Gaussian regression of a positive outcome on K predictors, with a log
// link: the variance is mu^3 / shape, so the right tail is heavier than a gamma's.
functions {
  // the density is not built in
  real inverse_gaussian_lpdf(vector y, vector mu, real shape) {
    return 0.5 * size(y) * (log(shape) - log(2 * pi())) - 1.5 * sum(log(y))
           - 0.5 * shape * sum(square(y ./ mu - 1) ./ y);
  }
  // Michael, Schucany and Haas (1976): a root of a quadratic, or its companion
  real inverse_gaussian_rng(real mu, real shape) {
    real w = mu * square(std_normal_rng()) / (2 * shape);
    // 1 + w - sqrt(w * (2 + w)), in a form that keeps its digits where w is large
    real root = mu / (1 + w + sqrt(w * (2 + w)));
    int small = uniform_rng(0, 1) <= mu / (mu + root);
    return mu * (root / mu) ^ (2 * small - 1);
  }
}
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  vector<lower=0>[N] y;
  real<lower=0> shape_prior_mean; // it has the unit of y: state it with the data
}
parameters {
  real alpha; // log of the expected outcome where every predictor is 0
  vector[K] beta; // change of the log expected outcome per unit of each predictor
  real<lower=0> shape; // in the unit of y; the variance is mu^3 / shape
}
model {
  alpha ~ normal(0, 5);
  // ratios of means from 1/150 to 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  shape ~ gamma(2, 2 / shape_prior_mean);
  y ~ inverse_gaussian(exp(alpha + X * beta), shape);
}
generated quantities {
  vector[K] mean_ratio = exp(beta);
  vector[N] log_lik;
  array[N] real y_rep;
  {
    vector[N] mu = exp(alpha + X * beta);
    for (n in 1 : N) {
      log_lik[n] = inverse_gaussian_lpdf(y[n : n] | mu[n : n], shape);
      y_rep[n] = inverse_gaussian_rng(mu[n], shape);
    }
  }
}
