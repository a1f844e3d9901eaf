data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> subj;
  vector[N] days;
  vector[N] rt;
}
parameters {
  vector[2] b;
  vector<lower=0>[2] tau;
  cholesky_factor_corr[2] L_Omega;
  matrix[2, J] z;
  real<lower=0> sigma;
}
transformed parameters {
  matrix[J, 2] u = (diag_pre_multiply(tau, L_Omega) * z)';
}
model {
  vector[N] mu;
  /*@prior*/ b[1] ~ normal(250, 50);
  /*@prior*/ b[2] ~ normal(10, 10);
  /*@prior*/ tau ~ exponential(0.05);
  /*@prior*/ L_Omega ~ lkj_corr_cholesky(2);
  /*@population*/ to_vector(z) ~ std_normal();
  /*@prior*/ sigma ~ exponential(0.05);
  for (i in 1:N)
    mu[i] = b[1] + u[subj[i], 1] + (b[2] + u[subj[i], 2]) * days[i];
  /*@likelihood*/ rt ~ normal(mu, sigma);
}
generated quantities {
  corr_matrix[2] Omega = multiply_lower_tri_self_transpose(L_Omega);
}
