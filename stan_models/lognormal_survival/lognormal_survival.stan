// Lognormal survival times on K predictors, with every kind of censoring. The
// hazard rises and then falls.
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
  // log P(y < T < y_upper), by the tail in which the interval lies: in the other one
  // both probabilities round to 1
  real log_interval(real y, real y_upper, real mu, real sigma) {
    if (log(y) > mu) {
      return log_diff_exp(lognormal_lccdf(y | mu, sigma), lognormal_lccdf(y_upper | mu, sigma));
    }
    return log_diff_exp(lognormal_lcdf(y_upper | mu, sigma), lognormal_lcdf(y | mu, sigma));
  }
  // log probability of what is known of one row
  real log_lik_row(real y, int censored, real y_upper, real mu, real sigma) {
    if (censored == 0) {
      return lognormal_lpdf(y | mu, sigma);
    }
    if (censored == 1) {
      return lognormal_lccdf(y | mu, sigma);
    }
    if (censored == -1) {
      return lognormal_lcdf(y | mu, sigma);
    }
    return log_interval(y, y_upper, mu, sigma);
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
  real<lower=0> sigma; // standard deviation of the log time
}
model {
  // times from exp(-10) to exp(10) are within two standard deviations
  alpha ~ normal(0, 5);
  // times longer or shorter by a factor of 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  sigma ~ exponential(1);
  vector[N] mu = alpha + X * beta;
  y[event] ~ lognormal(mu[event], sigma);
  target += lognormal_lccdf(y[right] | mu[right], sigma);
  target += lognormal_lcdf(y[left] | mu[left], sigma);
  for (n in interval) {
    target += log_interval(y[n], y_upper[n], mu[n], sigma);
  }
}
generated quantities {
  vector[K] time_ratio = exp(beta); // of the times of events
  vector[N] log_lik;
  array[N] real y_rep; // times of events, as they would be without censoring
  {
    vector[N] mu = alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = log_lik_row(y[n], censored[n], y_upper[n], mu[n], sigma);
    }
    y_rep = lognormal_rng(mu, sigma);
  }
}
