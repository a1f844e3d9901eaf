// A mean with a normal prior, and a known standard deviation of the outcome,
// which is conjugate: the posterior is normal, its precision the sum of the
// precisions of prior and data. A yardstick for software.
data {
  int<lower=1> N;
  vector[N] y;
  real<lower=0> sigma; // standard deviation of the outcome, taken as known
  real mu_prior_mean;
  real<lower=0> mu_prior_sd;
}
parameters {
  real mu;
}
model {
  mu ~ normal(mu_prior_mean, mu_prior_sd);
  y ~ normal(mu, sigma);
}
generated quantities {
  vector[N] log_lik;
  array[N] real y_rep;
  for (n in 1 : N) {
    log_lik[n] = normal_lpdf(y[n] | mu, sigma);
    y_rep[n] = normal_rng(mu, sigma);
  }
}
