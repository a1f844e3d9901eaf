// Beta-binomial regression of y successes in a number of trials on K predictors:
// the trials of one row share a probability that varies between rows, so counts
// vary more than binomial counts do.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  array[N] int<lower=0> trials;
  array[N] int<lower=0, upper=trials> y;
}
parameters {
  real alpha; // log odds of the mean probability where every predictor is 0
  vector[K] beta; // change of these log odds per unit of each predictor
  real<lower=0> phi; // precision; two trials of a row correlate by 1 / (1 + phi)
}
model {
  // weakly informative when a unit of each predictor is a notable step
  alpha ~ normal(0, 2.5);
  beta ~ normal(0, 2.5);
  // correlations from 0.02 to 0.3 have probability 0.95
  phi ~ gamma(2, 0.1);
  vector[N] eta = alpha + X * beta;
  // 1 - inv_logit(eta) is inv_logit(-eta), which does not round to 0
  y ~ beta_binomial(trials, inv_logit(eta) * phi, inv_logit(-eta) * phi);
}
generated quantities {
  real correlation = 1 / (1 + phi); // of two trials in one row
  vector[N] log_lik;
  array[N] int y_rep;
  {
    vector[N] eta = alpha + X * beta;
    vector[N] a = inv_logit(eta) * phi;
    vector[N] b = inv_logit(-eta) * phi;
    for (n in 1 : N) {
      log_lik[n] = beta_binomial_lpmf(y[n] | trials[n], a[n], b[n]);
    }
    y_rep = beta_binomial_rng(trials, a, b);
  }
}
