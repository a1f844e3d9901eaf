data {
  int<lower=1> N;
  array[N] real x;
  array[N] int<lower=0> k;
  vector<lower=0>[N] effort;
}
transformed data {
  real jitter = 1e-8;
  vector[N] log_effort = log(effort);
}
parameters {
  real<lower=0> ell;
  real<lower=0> marg_sd;
  real level;
  vector[N] eta;
  real<lower=0> inv_phi;
}
transformed parameters {
  vector[N] f;
  {
    matrix[N, N] K = gp_matern32_cov(x, marg_sd, ell);
    matrix[N, N] L_K;
    for (n in 1 : N) {
      K[n, n] = K[n, n] + jitter;
    }
    L_K = cholesky_decompose(K);
    f = L_K * eta;
  }
}
model {
  /*@prior*/ ell ~ inv_gamma(5, 5);
  /*@prior*/ marg_sd ~ std_normal();
  /*@prior*/ level ~ normal(0, 3);
  /*@population*/ eta ~ std_normal();
  /*@prior*/ inv_phi ~ exponential(1);
  /*@likelihood*/ k ~ neg_binomial_2_log(level + log_effort + f, inv(inv_phi));
}
