// Gaussian process regression: a smooth function of x with unknown form. The
// function is integrated out, which leaves three numbers beside its mean; it comes
// back in the generated quantities.
data {
  int<lower=1> N;
  array[N] real x;
  vector[N] y;
  // all priors depend on the units of x and y, so whoever has the data states them
  real mu_prior_mean;
  real<lower=0> mu_prior_sd;
  real<lower=0> tau_prior_mean;
  real<lower=0> length_scale_prior_mean;
  real<lower=0> sigma_prior_mean;
}
parameters {
  real mu; // mean of the function
  real<lower=0> tau; // standard deviation of the function around its mean
  real<lower=0> length_scale; // distance in x over which the function turns
  real<lower=0> sigma; // standard deviation of the residuals
}
model {
  mu ~ normal(mu_prior_mean, mu_prior_sd);
  tau ~ exponential(1 / tau_prior_mean);
  // no mass at 0, where the function would follow the noise
  length_scale ~ inv_gamma(3, 2 * length_scale_prior_mean);
  sigma ~ exponential(1 / sigma_prior_mean);
  {
    matrix[N, N] covariance = add_diag(gp_exp_quad_cov(x, tau, length_scale),
                                       square(sigma));
    y ~ multi_normal_cholesky(rep_vector(mu, N), cholesky_decompose(covariance));
  }
}
generated quantities {
  // no log_lik of single rows: they are not independent given the parameters
  vector[N] f; // the function at each x, drawn given the data
  array[N] real y_rep;
  {
    matrix[N, N] K = gp_exp_quad_cov(x, tau, length_scale);
    matrix[N, N] L = cholesky_decompose(add_diag(K, square(sigma)));
    matrix[N, N] V = mdivide_left_tri_low(L, K);
    vector[N] mean_f = mu + V' * mdivide_left_tri_low(L, y - mu);
    // a little on the diagonal, since rounding may leave the matrix indefinite
    matrix[N, N] cov_f = add_diag(K - crossprod(V), 1e-8 * square(tau));
    f = multi_normal_rng(mean_f, 0.5 * (cov_f + cov_f'));
    y_rep = normal_rng(f, sigma);
  }
}
