data {
  int<lower=1> N;
  int<lower=1> D;
  array[N] real x;
  matrix[N, D] y;
}
parameters {
  real<lower=0> rho;
  vector<lower=0>[D] alpha;
  real<lower=0> sigma;
  cholesky_factor_corr[D] L_Omega;
  matrix[N, D] eta;
}
model {
  matrix[N, D] f;
  {
    matrix[N, N] K = gp_exp_quad_cov(x, 1.0, rho);
    matrix[N, N] L_K = cholesky_decompose(add_diag(K, 1e-9));
    f = L_K * eta * diag_pre_multiply(alpha, L_Omega)';
  }
  /*@prior*/ rho ~ inv_gamma(5, 5);
  /*@prior*/ alpha ~ normal(0, 1);
  /*@prior*/ sigma ~ normal(0, 1);
  /*@prior*/ L_Omega ~ lkj_corr_cholesky(3);
  /*@population*/ to_vector(eta) ~ normal(0, 1);
  /*@likelihood*/ to_vector(y) ~ normal(to_vector(f), sigma);
}
