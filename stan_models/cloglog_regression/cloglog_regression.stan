// Binomial regression of y successes in a number of trials on K predictors, with
// a complementary log-log link: log(-log(1 - p)) is linear. It is the model of
// a hazard that is observed once: did the event happen before the inspection?
functions {
  // log of choose(trials, y) p^y (1 - p)^(trials - y) with p = 1 - exp(-exp(eta)): far
  // from 0, where p rounds to 1, it keeps its digits
  real binomial_cloglog_lpmf(array[] int y, array[] int trials, vector eta) {
    vector[size(y)] hazard = exp(eta);
    vector[size(y)] successes = to_vector(y);
    return sum(lchoose(trials, y)) + dot_product(successes, log1m_exp(-hazard))
           - dot_product(to_vector(trials) - successes, hazard);
  }
}
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  array[N] int<lower=0> trials; // 1 in each row for a yes/no outcome
  array[N] int<lower=0, upper=trials> y;
}
parameters {
  real alpha; // log of the cumulative hazard where every predictor is 0
  vector[K] beta; // change of the log cumulative hazard per unit of each predictor
}
model {
  // weakly informative when a unit of each predictor is a notable step
  alpha ~ normal(0, 2.5);
  beta ~ normal(0, 2.5);
  // the same as y ~ binomial(trials, inv_cloglog(alpha + X * beta)), far out too
  y ~ binomial_cloglog(trials, alpha + X * beta);
}
generated quantities {
  vector[K] hazard_ratio = exp(beta);
  vector[N] log_lik;
  array[N] int y_rep;
  {
    vector[N] eta = alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = binomial_cloglog_lpmf({y[n]} | {trials[n]}, eta[n : n]);
    }
    y_rep = binomial_rng(trials, inv_cloglog(eta));
  }
}
