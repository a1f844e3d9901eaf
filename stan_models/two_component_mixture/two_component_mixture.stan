// A mixture of two normal distributions. The means are in order, since otherwise
// the components could change their names and the posterior would have two copies
// of every mode. To which component a row belongs is summed out.
data {
  int<lower=1> N;
  vector[N] y;
  // all priors depend on the unit of y, so whoever has the data states them
  real mu_prior_mean;
  real<lower=0> mu_prior_sd;
  real<lower=0> sigma_prior_median;
}
parameters {
  real<lower=0, upper=1> weight; // share of the first component
  ordered[2] mu; // mean of each component
  vector<lower=0>[2] sigma; // standard deviation of each component
}
model {
  weight ~ beta(2, 2);
  mu ~ normal(mu_prior_mean, mu_prior_sd);
  // no mass at 0: a component that collapses on one row has unbounded likelihood
  sigma ~ lognormal(log(sigma_prior_median), 0.5);
  for (n in 1 : N) {
    target += log_mix(weight, normal_lpdf(y[n] | mu[1], sigma[1]),
                      normal_lpdf(y[n] | mu[2], sigma[2]));
  }
}
generated quantities {
  vector[N] log_lik;
  vector[N] first; // probability of each row to belong to the first component
  array[N] real y_rep;
  for (n in 1 : N) {
    real log_first = log(weight) + normal_lpdf(y[n] | mu[1], sigma[1]);
    real log_second = log1m(weight) + normal_lpdf(y[n] | mu[2], sigma[2]);
    int component = bernoulli_rng(weight) ? 1 : 2;
    log_lik[n] = log_sum_exp(log_first, log_second);
    first[n] = exp(log_first - log_lik[n]);
    y_rep[n] = normal_rng(mu[component], sigma[component]);
  }
}
