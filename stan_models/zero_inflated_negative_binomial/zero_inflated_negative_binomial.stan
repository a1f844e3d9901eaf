// Zero-inflated negative binomial regression. A zero has two sources: rows that
// cannot have a count (structural zeros, a logistic regression on Z), and
// negative binomial counts (a log-linear regression on X) that happen to be 0.
functions {
  // log_mean and precision phi of the count; logit_zero of the structural zeros
  real zero_inflated_neg_binomial_lpmf(int y, real log_mean, real phi, real logit_zero) {
    real count = neg_binomial_2_log_lpmf(y | log_mean, phi);
    if (y == 0) {
      return log_sum_exp(bernoulli_logit_lpmf(1 | logit_zero),
                         bernoulli_logit_lpmf(0 | logit_zero) + count);
    }
    return bernoulli_logit_lpmf(0 | logit_zero) + count;
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
parameters {
  real alpha; // log of the mean count where every predictor is 0
  vector[K] beta; // change of the log mean per unit of each predictor
  real<lower=0> phi; // precision; Poisson where it is infinite
  real alpha_zero; // log odds of a structural zero where every predictor is 0
  vector[K_zero] beta_zero; // change of these log odds per unit of each predictor
}
model {
  alpha ~ normal(0, 5);
  beta ~ normal(0, 2.5);
  phi ~ gamma(2, 0.1);
  // proper priors matter here: small phi and structural zeros explain the same
  // zeros, so the data may say little about alpha_zero
  alpha_zero ~ normal(0, 2.5);
  beta_zero ~ normal(0, 2.5);
  vector[N] log_mean = alpha + X * beta;
  vector[N] logit_zero = alpha_zero + Z * beta_zero;
  for (n in 1 : N) {
    y[n] ~ zero_inflated_neg_binomial(log_mean[n], phi, logit_zero[n]);
  }
}
generated quantities {
  vector[K] rate_ratio = exp(beta);
  vector[N] log_lik;
  array[N] int y_rep;
  {
    vector[N] log_mean = alpha + X * beta;
    vector[N] logit_zero = alpha_zero + Z * beta_zero;
    for (n in 1 : N) {
      log_lik[n] = zero_inflated_neg_binomial_lpmf(y[n] | log_mean[n], phi, logit_zero[n]);
      // the mixing gamma multiplies the mean, and the count must fit Stan's integers
      y_rep[n] = (1 - bernoulli_logit_rng(logit_zero[n]))
                 * neg_binomial_2_log_rng(fmin(log_mean[n], 15), phi);
    }
  }
}
