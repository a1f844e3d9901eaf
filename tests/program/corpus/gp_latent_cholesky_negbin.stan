data {
  int<lower=1> N;
  array[N] real year;
  array[N] int<lower=0> n;
}
parameters {
  real<lower=0> rho;
  real<lower=0> alpha;
  real a;
  real<lower=0> phi_inv;
  vector[N] eta;
}
transformed parameters {
  vector[N] f;
  {
    matrix[N, N] L_K;
    matrix[N, N] K = gp_exp_quad_cov(year, alpha, rho);
    for (i in 1 : N)
      K[i, i] += 1e-8;
    L_K = cholesky_decompose(K);
    f = L_K * eta;
  }
}
model {
  /*@prior*/ target += inv_gamma_lpdf(rho | 5, 5) + normal_lpdf(alpha | 0, 1) + normal_lpdf(a | 1, 2);
  /*@prior*/ target += exponential_lpdf(phi_inv | 1);
  /*@population*/ target += std_normal_lpdf(eta);
  /*@likelihood*/ target += neg_binomial_2_log_lpmf(n | a + f, inv(phi_inv));
}
