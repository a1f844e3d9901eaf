// Autoregression of order P: each value is a regression on the P values before
// it. The first P values are taken as given, so the likelihood is conditional.
data {
  int<lower=1> N;
  int<lower=1, upper=N - 1> P;
  vector[N] y; // in the order of time
  // priors of level and noise depend on the unit of y, so whoever has the data states them
  real alpha_prior_mean;
  real<lower=0> alpha_prior_sd;
  real<lower=0> sigma_prior_mean;
}
transformed data {
  int M = N - P;
  vector[M] outcome = y[P + 1 : N];
  matrix[M, P] lags; // column p holds the values p steps before
  for (p in 1 : P) {
    lags[ : , p] = y[P + 1 - p : N - p];
  }
}
parameters {
  real alpha; // intercept: the mean times 1 - sum(beta)
  vector[P] beta; // coefficient of each lag
  real<lower=0> sigma; // standard deviation of the noise
}
model {
  alpha ~ normal(alpha_prior_mean, alpha_prior_sd);
  // not held to the region of stationarity: the data may say otherwise
  beta ~ normal(0, 1);
  sigma ~ exponential(1 / sigma_prior_mean);
  // the same as outcome ~ normal(alpha + lags * beta, sigma), only faster
  outcome ~ normal_id_glm(lags, alpha, beta, sigma);
}
generated quantities {
  vector[M] log_lik;
  array[M] real y_rep; // one step ahead, of the values from the (P + 1)-th on
  {
    vector[M] mu = alpha + lags * beta;
    for (m in 1 : M) {
      log_lik[m] = normal_lpdf(outcome[m] | mu[m], sigma);
    }
    y_rep = normal_rng(mu, sigma);
  }
}
