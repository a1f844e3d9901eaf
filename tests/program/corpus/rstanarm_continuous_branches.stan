functions {
  // Cornish-Fisher expansion from standard normal to student t
  real CFt(real z, real df) {
    real z2 = square(z);
    return z + z * (z2 + 1) / (4 * df);
  }
}
data {
  int<lower=0> N;
  int<lower=0> K;
  matrix[N, K] X;
  vector[K] xbar;
  vector[N] y;
  int<lower=0, upper=1> prior_PD;
  int<lower=0, upper=1> has_intercept;
  int<lower=0, upper=2> prior_dist;
  int<lower=0, upper=2> prior_dist_for_intercept;
  int<lower=0, upper=3> prior_dist_for_aux;
  vector<lower=0>[K] prior_scale;
  vector[K] prior_mean;
  vector<lower=0>[K] prior_df;
  real<lower=0> prior_scale_for_intercept;
  real prior_mean_for_intercept;
  real<lower=0> prior_df_for_intercept;
  real<lower=0> prior_scale_for_aux;
  real<lower=0> prior_mean_for_aux;
  real<lower=0> prior_df_for_aux;
}
parameters {
  array[has_intercept] real gamma;
  vector[K] z_beta;
  real<lower=0> aux_unscaled;
}
transformed parameters {
  vector[K] beta;
  real aux = prior_dist_for_aux == 0 ? aux_unscaled
             : (prior_dist_for_aux <= 2
                ? prior_scale_for_aux * aux_unscaled + prior_mean_for_aux
                : prior_scale_for_aux * aux_unscaled);
  if (prior_dist == 0)
    beta = z_beta;
  else if (prior_dist == 1)
    beta = z_beta .* prior_scale + prior_mean;
  else
    for (k in 1:K)
      beta[k] = CFt(z_beta[k], prior_df[k]) * prior_scale[k] + prior_mean[k];
}
model {
  if (prior_PD == 0) {
    vector[N] eta = X * beta;
    if (has_intercept == 1)
      eta += gamma[1];
    /*@likelihood*/ target += normal_lupdf(y | eta, aux);
  }
  // auxiliary parameter
  if (prior_dist_for_aux > 0 && prior_scale_for_aux > 0) {
    real log_half = -0.693147180559945286;
    if (prior_dist_for_aux == 1)
      /*@prior*/ target += normal_lpdf(aux_unscaled | 0, 1) - log_half;
    else if (prior_dist_for_aux == 2)
      /*@prior*/ target += student_t_lpdf(aux_unscaled | prior_df_for_aux, 0, 1) - log_half;
    else
      /*@prior*/ target += exponential_lpdf(aux_unscaled | 1);
  }
  // coefficients
  if (prior_dist > 0)
    /*@prior*/ target += normal_lpdf(z_beta | 0, 1);
  // intercept
  if (has_intercept == 1) {
    if (prior_dist_for_intercept == 1)
      /*@prior*/ target += normal_lpdf(gamma | prior_mean_for_intercept, prior_scale_for_intercept);
    else if (prior_dist_for_intercept == 2)
      /*@prior*/ target += student_t_lpdf(gamma | prior_df_for_intercept, prior_mean_for_intercept, prior_scale_for_intercept);
  }
}
generated quantities {
  real alpha = has_intercept == 1 ? gamma[1] - dot_product(xbar, beta) : 0;
}
