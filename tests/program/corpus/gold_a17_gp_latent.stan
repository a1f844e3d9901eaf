data { int N; array[N] real x; array[N] int y; real ls0; }
transformed data { real jit = 1e-9; vector[N] mu0 = rep_vector(0,N); }
parameters { real<lower=0> rho; real<lower=0> alpha; vector[N] f; }
model { matrix[N,N] K = gp_exp_quad_cov(x, alpha, rho) + diag_matrix(rep_vector(jit,N)); /*@prior*/ rho ~ inv_gamma(5,ls0); /*@prior*/ alpha ~ std_normal(); /*@population*/ f ~ multi_normal(mu0, K); /*@likelihood*/ y ~ poisson_log(f); }
