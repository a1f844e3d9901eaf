// Gamma regression of a positive outcome on K predictors, with a log link: the
// standard deviation is proportional to the mean.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  vector<lower=0>[N] y;
}
parameters {
  real alpha; // log of the expected outcome where every predictor is 0
  vector[K] beta; // change of the log expected outcome per unit of each predictor
  real<lower=0> shape; // the coefficient of variation is 1 / sqrt(shape)
}
model {
  alpha ~ normal(0, 5);
  // ratios of means from 1/150 to 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  // coefficients of variation from 0.13 to 0.64 have probability 0.95
  shape ~ gamma(2, 0.1);
  // Stan's second argument is a rate: the mean is shape / rate
  y ~ gamma(shape, shape * exp(-(alpha + X * beta)));
}
generated quantities {
  vector[K] mean_ratio = exp(beta);
  vector[N] log_lik;
  array[N] real y_rep;
  {
    vector[N] rate = shape * exp(-(alpha + X * beta));
    for (n in 1 : N) {
      log_lik[n] = gamma_lpdf(y[n] | shape, rate[n]);
    }
    y_rep = gamma_rng(shape, rate);
  }
}
