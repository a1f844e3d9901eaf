// Beta regression of a share between 0 and 1 (both excluded) on K predictors,
// with a logit link of the mean and a common precision.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  vector<lower=0, upper=1>[N] y;
}
parameters {
  real alpha; // logit of the expected share where every predictor is 0
  vector[K] beta; // change of this logit per unit of each predictor
  real<lower=0> phi; // precision: the variance is mu (1 - mu) / (1 + phi)
}
model {
  // weakly informative when a unit of each predictor is a notable step
  alpha ~ normal(0, 2.5);
  beta ~ normal(0, 2.5);
  phi ~ gamma(2, 0.1);
  vector[N] eta = alpha + X * beta;
  // the same as beta_proportion(inv_logit(eta), phi), but 1 - inv_logit(eta) is
  // inv_logit(-eta), which does not round to 0
  y ~ beta(inv_logit(eta) * phi, inv_logit(-eta) * phi);
}
generated quantities {
  vector[N] log_lik;
  array[N] real y_rep;
  {
    vector[N] eta = alpha + X * beta;
    vector[N] a = inv_logit(eta) * phi;
    vector[N] b = inv_logit(-eta) * phi;
    for (n in 1 : N) {
      log_lik[n] = beta_lpdf(y[n] | a[n], b[n]);
    }
    y_rep = beta_rng(a, b);
  }
}
