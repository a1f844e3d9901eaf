// Exponential survival times on K predictors, with every kind of censoring: the
// hazard does not change with time.
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
  // log probability of what is known of one row
  real log_lik_row(real y, int censored, real y_upper, real rate) {
    if (censored == 0) {
      return exponential_lpdf(y | rate);
    }
    if (censored == 1) {
      return exponential_lccdf(y | rate);
    }
    if (censored == -1) {
      return exponential_lcdf(y | rate);
    }
    return log_diff_exp(exponential_lccdf(y | rate), exponential_lccdf(y_upper | rate));
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
  real alpha; // log of the expected time where every predictor is 0
  vector[K] beta; // change of the log expected time per unit of each predictor
}
model {
  // times from exp(-10) to exp(10) are within two standard deviations
  alpha ~ normal(0, 5);
  // times longer or shorter by a factor of 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  vector[N] rate = exp(-(alpha + X * beta));
  y[event] ~ exponential(rate[event]);
  target += exponential_lccdf(y[right] | rate[right]);
  target += exponential_lcdf(y[left] | rate[left]);
  // a difference of tails keeps its digits late, where both cdfs are near 1
  for (n in interval) {
    target += log_diff_exp(exponential_lccdf(y[n] | rate[n]),
                           exponential_lccdf(y_upper[n] | rate[n]));
  }
}
generated quantities {
  vector[K] time_ratio = exp(beta); // of the times of events
  vector[N] log_lik;
  array[N] real y_rep; // times of events, as they would be without censoring
  {
    vector[N] rate = exp(-(alpha + X * beta));
    for (n in 1 : N) {
      log_lik[n] = log_lik_row(y[n], censored[n], y_upper[n], rate[n]);
    }
    y_rep = exponential_rng(rate);
  }
}
