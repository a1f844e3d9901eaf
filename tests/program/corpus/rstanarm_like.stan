// stan_lmer-style program: data switches choose the priors.
data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] X;
  vector[N] y;
  int<lower=0, upper=1> prior_PD;
  int<lower=0, upper=1> has_intercept;
  int<lower=0, upper=2> prior_dist;
  int<lower=0, upper=2> prior_dist_for_aux;
  vector[K] prior_mean;
  vector<lower=0>[K] prior_scale;
  vector<lower=0>[K] prior_df;
  real prior_mean_for_intercept;
  real<lower=0> prior_scale_for_intercept;
  real<lower=0> prior_scale_for_aux;
  int<lower=0> q;
  array[N] int<lower=1, upper=q> g;
  real<lower=0> shape;
}
parameters {
  array[has_intercept] real gamma;
  vector[K] z_beta;
  real<lower=0> aux_unscaled;
  vector[q] z_b;
  real<lower=0> tau;
}
transformed parameters {
  real aux = prior_dist_for_aux == 0 ? aux_unscaled : prior_scale_for_aux * aux_unscaled;
  vector[K] beta;
  vector[q] b = tau * aux * z_b;
  if (prior_dist == 0) beta = z_beta;
  else if (prior_dist == 1) beta = z_beta .* prior_scale + prior_mean;
  else for (k in 1 : K) beta[k] = z_beta[k] * prior_scale[k] + prior_mean[k];
}
model {
  if (prior_PD == 0) {
    vector[N] eta = X * beta + b[g];
    if (has_intercept) eta += gamma[1];
    /*@likelihood*/ target += normal_lpdf(y | eta, aux);
  }
  if (has_intercept) {
    /*@prior*/ target += normal_lpdf(gamma | prior_mean_for_intercept, prior_scale_for_intercept);
  }
  if (prior_dist == 1) {
    /*@prior*/ target += normal_lpdf(z_beta | 0, 1);
  } else if (prior_dist == 2) {
    /*@prior*/ target += student_t_lpdf(z_beta | prior_df, 0, 1);
  }
  if (prior_dist_for_aux == 1) {
    /*@prior*/ target += normal_lpdf(aux_unscaled | 0, 1) - log(0.5);
  } else if (prior_dist_for_aux == 2) {
    /*@prior*/ target += exponential_lpdf(aux_unscaled | 1);
  }
  /*@population*/ target += normal_lpdf(z_b | 0, 1);
  /*@prior*/ target += gamma_lpdf(tau | shape, 1);
}
