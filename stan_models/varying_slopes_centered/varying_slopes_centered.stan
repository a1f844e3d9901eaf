// Varying intercepts and slopes: each of J groups has its own line, and the two
// coefficients of a line are correlated in the population of groups. Centred:
// the better form where every group has enough rows to fix its own line.
data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> group;
  vector[N] x; // predictor whose slope varies
  vector[N] y;
  // all priors depend on the units of y and x, so whoever has the data states them
  real alpha_prior_mean;
  real<lower=0> alpha_prior_sd;
  real<lower=0> beta_prior_sd;
  vector<lower=0>[2] tau_prior_mean; // of intercepts and of slopes
  real<lower=0> sigma_prior_mean;
}
parameters {
  real alpha; // mean intercept in the population of groups
  real beta; // mean slope in the population of groups
  vector<lower=0>[2] tau; // standard deviations of intercepts and of slopes
  cholesky_factor_corr[2] L_Omega; // Cholesky factor of their correlation matrix
  real<lower=0> sigma; // standard deviation of the residuals
  array[J] vector[2] line; // intercept and slope of each group
}
model {
  alpha ~ normal(alpha_prior_mean, alpha_prior_sd);
  beta ~ normal(0, beta_prior_sd);
  tau ~ exponential(inv(tau_prior_mean)); // finite at 0: equal groups stay possible
  L_Omega ~ lkj_corr_cholesky(2); // correlations near -1 and 1 less likely than 0
  sigma ~ exponential(1 / sigma_prior_mean);
  line ~ multi_normal_cholesky([alpha, beta]', diag_pre_multiply(tau, L_Omega));
  {
    vector[N] mu;
    for (n in 1 : N) {
      mu[n] = line[group[n], 1] + line[group[n], 2] * x[n];
    }
    y ~ normal(mu, sigma);
  }
}
generated quantities {
  real rho = L_Omega[2, 1]; // correlation of intercepts and slopes
  vector[N] log_lik;
  array[N] real y_rep;
  for (n in 1 : N) {
    real mu = line[group[n], 1] + line[group[n], 2] * x[n];
    log_lik[n] = normal_lpdf(y[n] | mu, sigma);
    y_rep[n] = normal_rng(mu, sigma);
  }
}
