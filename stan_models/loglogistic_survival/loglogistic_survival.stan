// Log-logistic survival times on K predictors, with every kind of censoring. The
// odds of an event before a given time are proportional between predictors.
functions {
  // places of the rows with this kind of censoring
  array[] int rows_with(int kind, array[] int censored) {
    array[size(censored)] int rows;
    int found = 0;
    for (n in 1 : size(censored)) {
      if (censored[n] == kind) {
        found += 1;
        rows[found] = n;
      }
    }
    return rows[1 : found];
  }
  // log P(T > y) and log P(T < y) of rows, given the log medians eta
  real log_logistic_lccdf(vector y, vector eta, real shape) {
    return -sum(log1p_exp(shape * (log(y) - eta)));
  }
  real log_logistic_lcdf(vector y, vector eta, real shape) {
    return -sum(log1p_exp(-shape * (log(y) - eta)));
  }
  // log probability of what is known of one row
  real log_lik_row(real y, int censored, real y_upper, real eta, real shape) {
    if (censored == 0) {
      return loglogistic_lpdf(y | exp(eta), shape);
    }
    if (censored == 1) {
      return log_logistic_lccdf([y]' | [eta]', shape);
    }
    if (censored == -1) {
      return log_logistic_lcdf([y]' | [eta]', shape);
    }
    return log_diff_exp(log_logistic_lccdf([y]' | [eta]', shape),
                        log_logistic_lccdf([y_upper]' | [eta]', shape));
  }
}
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  vector<lower=0>[N] y; // the time, or what is known of it:
  // 0: y is the time of the event; 1 (right): it is later than y;
  // -1 (left): earlier than y; 2 (interval): between y and y_upper
  array[N] int<lower=-1, upper=2> censored;
  vector<lower=y>[N] y_upper; // equal to y where the row is no interval
}
transformed data {
  array[size(rows_with(0, censored))] int event = rows_with(0, censored);
  array[size(rows_with(1, censored))] int right = rows_with(1, censored);
  array[size(rows_with(-1, censored))] int left = rows_with(-1, censored);
  array[size(rows_with(2, censored))] int interval = rows_with(2, censored);
}
parameters {
  real alpha; // log of the median time where every predictor is 0
  vector[K] beta; // change of the log median time per unit of each predictor
  real<lower=0> shape; // above 1 the hazard rises and then falls
}
model {
  // times from exp(-10) to exp(10) are within two standard deviations
  alpha ~ normal(0, 5);
  // times longer or shorter by a factor of 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  shape ~ gamma(4, 2); // between 0.5 and 4.4 with probability 0.95
  vector[N] eta = alpha + X * beta;
  y[event] ~ loglogistic(exp(eta[event]), shape);
  target += log_logistic_lccdf(y[right] | eta[right], shape);
  target += log_logistic_lcdf(y[left] | eta[left], shape);
  for (n in interval) {
    target += log_diff_exp(log_logistic_lccdf(y[n : n] | eta[n : n], shape),
                           log_logistic_lccdf(y_upper[n : n] | eta[n : n], shape));
  }
}
generated quantities {
  vector[K] time_ratio = exp(beta); // of the times of events
  vector[N] log_lik;
  array[N] real y_rep; // times of events, as they would be without censoring
  {
    vector[N] eta = alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = log_lik_row(y[n], censored[n], y_upper[n], eta[n], shape);
    }
    y_rep = exp(logistic_rng(eta, 1 / shape));
  }
}
