// Zero-inflated Poisson regression. A zero has two sources: rows that cannot have
// a count (structural zeros, a logistic regression on Z), and Poisson counts
// (a log-linear regression on X) that happen to be 0.
functions {
  // places of the counts that are 0 (want_zero = 1), or that are not
  array[] int rows_with(int want_zero, array[] int y) {
    array[size(y)] int rows;
    int found = 0;
    for (n in 1 : size(y)) {
      if ((y[n] == 0) == want_zero) {
        found += 1;
        rows[found] = n;
      }
    }
    return rows[1 : found];
  }
  // With odds exp(logit_zero) of a structural zero, P(y) is poisson(y) / (1 + odds),
  // and P(0) is (odds + exp(-mean)) / (1 + odds)
  real zero_inflated_poisson_lpmf(array[] int y, vector log_mean, vector logit_zero,
                                  array[] int zero, array[] int positive) {
    return sum(log_sum_exp(logit_zero[zero], -exp(log_mean[zero])))
           + poisson_log_lpmf(y[positive] | log_mean[positive])
           - sum(log1p_exp(logit_zero));
  }
}
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors of the count, without a column of ones
  int<lower=0> K_zero;
  matrix[N, K_zero] Z; // predictors of a structural zero, without a column of ones
  array[N] int<lower=0> y;
}
transformed data {
  array[size(rows_with(1, y))] int zero = rows_with(1, y);
  array[size(rows_with(0, y))] int positive = rows_with(0, y);
}
parameters {
  real alpha; // log of the Poisson mean where every predictor is 0
  vector[K] beta; // change of the log mean per unit of each predictor
  real alpha_zero; // log odds of a structural zero where every predictor is 0
  vector[K_zero] beta_zero; // change of these log odds per unit of each predictor
}
model {
  alpha ~ normal(0, 5);
  beta ~ normal(0, 2.5);
  // proper priors matter here: without structural zeros the likelihood is flat
  // towards alpha_zero = -infinity
  alpha_zero ~ normal(0, 2.5);
  beta_zero ~ normal(0, 2.5);
  y ~ zero_inflated_poisson(alpha + X * beta, alpha_zero + Z * beta_zero, zero, positive);
}
generated quantities {
  vector[K] rate_ratio = exp(beta);
  vector[N] log_lik;
  array[N] int y_rep;
  {
    vector[N] log_mean = alpha + X * beta;
    vector[N] logit_zero = alpha_zero + Z * beta_zero;
    for (n in 1 : N) {
      log_lik[n] = (y[n] == 0 ? log_sum_exp(logit_zero[n], -exp(log_mean[n]))
                    : poisson_log_lpmf(y[n] | log_mean[n]))
                   - log1p_exp(logit_zero[n]);
      // exp(20) is nearly the largest count that fits Stan's integers
      y_rep[n] = (1 - bernoulli_logit_rng(logit_zero[n]))
                 * poisson_log_rng(fmin(log_mean[n], 20));
    }
  }
}
