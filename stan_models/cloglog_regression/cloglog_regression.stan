// Binomial regression of y successes in a number of trials on K predictors, with
// a complementary log-log link: log(-log(1 - p)) is linear. It is the model of
// a hazard that is observed once: did the event happen before the inspection?
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
  y ~ binomial(trials, inv_cloglog(alpha + X * beta));
}
generated quantities {
  vector[K] hazard_ratio = exp(beta);
  vector[N] log_lik;
  array[N] int y_rep;
  {
    vector[N] p = inv_cloglog(alpha + X * beta);
    for (n in 1 : N) {
      log_lik[n] = binomial_lpmf(y[n] | trials[n], p[n]);
    }
    y_rep = binomial_rng(trials, p);
  }
}
