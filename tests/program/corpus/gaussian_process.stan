data { int<lower=1> N; array[N] real x; array[N] int<lower=0> k; }
parameters { real<lower=0> rho; real<lower=0> alpha; vector[N] eta; real a; }
transformed parameters {
  vector[N] f;
  {
    matrix[N, N] C = gp_exp_quad_cov(x, alpha, rho);
    for (n in 1 : N) C[n, n] += 1e-9;
    matrix[N, N] L_C = cholesky_decompose(C);
    f = L_C * eta;
  }
}
model {
  /*@prior*/ rho ~ inv_gamma(5, 5);
  /*@prior*/ alpha ~ std_normal();
  /*@prior*/ a ~ student_t(3, 0, 2);
  /*@population*/ eta ~ multi_normal(rep_vector(0, N), identity_matrix(N));
  /*@likelihood*/ k ~ poisson_log(a + f);
}
