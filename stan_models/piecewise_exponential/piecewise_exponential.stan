// Survival times on K predictors with a hazard that is constant between J
// breaks: a proportional hazards model with a step function as baseline. With
// many breaks the coefficients approach those of Cox's regression.
functions {
  // time that each row spent at risk in each interval
  matrix time_at_risk(vector y, vector breaks) {
    int J = size(breaks);
    matrix[size(y), J + 1] risk;
    for (n in 1 : size(y)) {
      real start = 0;
      for (j in 1 : J + 1) {
        real end = j <= J ? fmin(y[n], breaks[j]) : y[n];
        risk[n, j] = fmax(end - start, 0);
        start = fmax(end, start);
      }
    }
    return risk;
  }
  // number of the interval in which each row ends; a break belongs to the left
  array[] int last_interval(vector y, vector breaks) {
    array[size(y)] int last = rep_array(1, size(y));
    for (n in 1 : size(y)) {
      for (j in 1 : size(breaks)) {
        last[n] += y[n] > breaks[j];
      }
    }
    return last;
  }
  // log density of events, log probability of survival where event is 0
  real piecewise_exponential_lpdf(matrix risk, vector event, array[] int last,
                                  vector alpha, vector eta) {
    return sum(event .* (alpha[last] + eta) - exp(eta) .* (risk * exp(alpha)));
  }
  // the time at which the cumulative hazard reaches a standard exponential draw
  real piecewise_exponential_rng(vector breaks, vector alpha, real eta) {
    real left = exponential_rng(1);
    real time = 0;
    real start = 0;
    for (j in 1 : size(breaks)) {
      real hazard = exp(alpha[j] + eta);
      real used = fmin(left, hazard * (breaks[j] - start));
      time += used / hazard;
      left -= used;
      start = breaks[j];
    }
    return time + left / exp(alpha[size(alpha)] + eta);
  }
}
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  vector<lower=0>[N] y; // time of the event, or of the end of observation
  vector<lower=0, upper=1>[N] event; // 1: the event was seen; 0: right-censored
  int<lower=0> J; // number of breaks, one less than of intervals
  positive_ordered[J] breaks; // where the baseline hazard may step
}
transformed data {
  // all that the likelihood needs of the times, computed once
  matrix[N, J + 1] risk = time_at_risk(y, breaks);
  array[N] int last = last_interval(y, breaks);
}
parameters {
  vector[J + 1] alpha; // log baseline hazard in each interval
  vector[K] beta; // change of the log hazard per unit of each predictor
}
model {
  alpha ~ normal(0, 5);
  // hazard ratios from 1/150 to 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  risk ~ piecewise_exponential(event, last, alpha, X * beta);
}
generated quantities {
  vector[K] hazard_ratio = exp(beta);
  vector[N] log_lik;
  array[N] real y_rep; // times of events, as they would be without censoring
  {
    vector[N] eta = X * beta;
    for (n in 1 : N) {
      log_lik[n] = event[n] * (alpha[last[n]] + eta[n])
                   - exp(eta[n]) * (risk[n] * exp(alpha));
      y_rep[n] = piecewise_exponential_rng(breaks, alpha, eta[n]);
    }
  }
}
