// Crossed effects: every row belongs to a level of two factors that are not
// nested, as students and questions, or plates and samples, and each level of
// each factor has its own effect. The interest is in the components of variance.
data {
  int<lower=1> N;
  int<lower=1> J; // levels of the first factor
  int<lower=1> K; // levels of the second factor
  array[N] int<lower=1, upper=J> first;
  array[N] int<lower=1, upper=K> second;
  vector[N] y;
  // all priors depend on the unit of y, so whoever has the data states them
  real alpha_prior_mean;
  real<lower=0> alpha_prior_sd;
  real<lower=0> tau_prior_mean;
  real<lower=0> sigma_prior_mean;
}
parameters {
  real alpha; // mean of the outcome in the population
  real<lower=0> tau_first; // standard deviation between levels of the first factor
  real<lower=0> tau_second; // standard deviation between levels of the second factor
  real<lower=0> sigma; // standard deviation of the residuals
  vector[J] first_raw; // standardised effects of the levels of the first factor
  vector[K] second_raw; // standardised effects of the levels of the second factor
}
transformed parameters {
  vector[J] first_effect = tau_first * first_raw;
  vector[K] second_effect = tau_second * second_raw;
}
model {
  alpha ~ normal(alpha_prior_mean, alpha_prior_sd);
  tau_first ~ exponential(1 / tau_prior_mean); // finite at 0: a factor may not matter
  tau_second ~ exponential(1 / tau_prior_mean);
  sigma ~ exponential(1 / sigma_prior_mean);
  first_raw ~ std_normal(); // so first_effect ~ normal(0, tau_first)
  second_raw ~ std_normal();
  y ~ normal(alpha + first_effect[first] + second_effect[second], sigma);
}
generated quantities {
  vector[N] log_lik;
  array[N] real y_rep;
  {
    vector[N] mu = alpha + first_effect[first] + second_effect[second];
    for (n in 1 : N) {
      log_lik[n] = normal_lpdf(y[n] | mu[n], sigma);
    }
    y_rep = normal_rng(mu, sigma);
  }
}
