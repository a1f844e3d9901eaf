// Hurdle Poisson regression. One process decides whether a count is 0 (a logistic
// regression on Z), another how large it is if not (a Poisson regression on X,
// truncated to 1, 2, ...). The two halves share no parameter.
functions {
  // places of the counts that passed the hurdle
  array[] int positive_rows(array[] int y) {
    array[size(y)] int rows;
    int found = 0;
    for (n in 1 : size(y)) {
      if (y[n] > 0) {
        found += 1;
        rows[found] = n;
      }
    }
    return rows[1 : found];
  }
  // Poisson counts given that they are positive: P(y > 0) = 1 - exp(-mean)
  real positive_poisson_lpmf(array[] int y, vector log_mean) {
    return poisson_log_lpmf(y | log_mean) - sum(log1m_exp(-exp(log_mean)));
  }
}
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors of the size of a count, without a column of ones
  int<lower=0> K_zero;
  matrix[N, K_zero] Z; // predictors of a zero, without a column of ones
  array[N] int<lower=0> y;
}
transformed data {
  array[size(positive_rows(y))] int positive = positive_rows(y);
  array[N] int<lower=0, upper=1> is_zero = rep_array(1, N);
  is_zero[positive] = rep_array(0, size(positive));
  array[size(positive)] int y_positive = y[positive];
}
parameters {
  real alpha; // log of the untruncated mean where every predictor is 0
  vector[K] beta; // change of this log mean per unit of each predictor
  real alpha_zero; // log odds of a zero where every predictor is 0
  vector[K_zero] beta_zero; // change of these log odds per unit of each predictor
}
model {
  alpha ~ normal(0, 5);
  beta ~ normal(0, 2.5);
  alpha_zero ~ normal(0, 2.5);
  beta_zero ~ normal(0, 2.5);
  is_zero ~ bernoulli_logit_glm(Z, alpha_zero, beta_zero);
  y_positive ~ positive_poisson(alpha + X[positive] * beta);
}
generated quantities {
  vector[N] log_lik;
  array[N] int y_rep;
  {
    vector[N] log_mean = alpha + X * beta;
    vector[N] logit_zero = alpha_zero + Z * beta_zero;
    for (n in 1 : N) {
      log_lik[n] = bernoulli_logit_lpmf(is_zero[n] | logit_zero[n]);
      if (y[n] > 0) {
        log_lik[n] += positive_poisson_lpmf({y[n]} | log_mean[n : n]);
      }
      // the first event of a Poisson process on [0, 1], given that there is one,
      // and then as many events as the rest of the interval has
      real mean_count = exp(fmin(log_mean[n], 20));
      real first = -log1m(uniform_rng(0, 1) * -expm1(-mean_count)) / mean_count;
      int size_rep = 1 + poisson_rng(mean_count * fmax(1 - first, machine_precision()));
      y_rep[n] = (1 - bernoulli_logit_rng(logit_zero[n])) * size_rep;
    }
  }
}
