data {
  array[3] int<lower=0> counts;
  vector[2] angle;
  int<lower=1> N;
  array[N] int<lower=1, upper=3> r;
  vector<lower=0>[N] w;
  array[3] vector[2] V;
  array[N] int<lower=1, upper=3> g;
  vector[N] y;
}
parameters {
  simplex[3] theta;
  unit_vector[2] u;
  real<lower=0> kappa;
  ordered[2] cut;
  real eta;
  positive_ordered[2] rates;
  corr_matrix[2] Omega;
  vector<lower=0>[2] sds;
  cov_matrix[2] Sigma;
  cholesky_factor_corr[2] L_Omega;
  cholesky_factor_cov[2] L_Sigma;
  real<lower=0> tau_a;
  sum_to_zero_vector[3] alpha;
  real mu_b;
  real<lower=0> tau_b;
  vector<offset=mu_b, multiplier=tau_b>[3] b;
}
model {
  vector[2] zero = rep_vector(0, 2);
  /*@prior*/ theta ~ dirichlet(rep_vector(2, 3));
  /*@likelihood*/ counts ~ multinomial(theta);
  /*@likelihood*/ angle ~ von_mises(atan2(u[2], u[1]), kappa);
  /*@prior*/ kappa ~ gamma(2, 1);
  /*@prior*/ cut ~ normal(0, 3);
  /*@prior*/ eta ~ logistic(0, 1);
  /*@likelihood*/ r ~ ordered_logistic(rep_vector(eta, N), cut);
  /*@prior*/ rates ~ exponential(1);
  for (n in 1 : N) /*@likelihood*/ w[n] ~ exponential(rates[1 + n % 2]);
  /*@prior*/ Omega ~ lkj_corr(2);
  /*@prior*/ sds ~ exponential(1);
  /*@likelihood*/ V ~ multi_normal(zero, quad_form_diag(Omega, sds));
  /*@prior*/ Sigma ~ inv_wishart(4, identity_matrix(2));
  /*@likelihood*/ V ~ multi_normal(zero, Sigma);
  /*@prior*/ L_Omega ~ lkj_corr_cholesky(1);
  /*@likelihood*/ V ~ multi_normal_cholesky(zero, L_Omega);
  /*@prior*/ multiply_lower_tri_self_transpose(L_Sigma) ~ wishart(4, identity_matrix(2));
  /*@likelihood*/ V[1] ~ multi_normal_cholesky(zero, L_Sigma);
  /*@population*/ alpha ~ normal(0, tau_a);
  /*@prior*/ tau_a ~ exponential(1);
  /*@population*/ b ~ normal(mu_b, tau_b);
  /*@prior*/ mu_b ~ normal(0, 2);
  /*@prior*/ tau_b ~ exponential(1);
  /*@likelihood*/ y ~ normal(alpha[g] + b[g], 1);
}
