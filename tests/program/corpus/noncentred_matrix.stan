data {
  int<lower=1> N, K, J;
  array[N] int<lower=1, upper=J> g;
  matrix[N, K] X;
  vector[N] y;
}
parameters {
  matrix[K, J] z;
  vector<lower=0>[K] omega;
  cholesky_factor_corr[K] L_o;
  vector[K] b;
  real<lower=0> sigma;
}
transformed parameters {
  matrix[J, K] gam = rep_matrix(b', J) + (diag_pre_multiply(omega, L_o) * z)';
}
model {
  /*@population*/ to_vector(z) ~ std_normal();
  /*@prior*/ omega ~ student_t(3, 0, 1);
  /*@prior*/ L_o ~ lkj_corr_cholesky(2);
  /*@prior*/ b ~ normal(0, 2);
  /*@prior*/ sigma ~ exponential(1);
  /*@likelihood*/ y ~ normal(rows_dot_product(X, gam[g]), sigma);
}
