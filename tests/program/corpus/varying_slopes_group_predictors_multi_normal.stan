data {
  int<lower=0> N;
  int<lower=1> K;
  int<lower=1> J;
  int<lower=1> L;
  array[N] int<lower=1, upper=J> jj;
  matrix[N, K] x;
  array[J] row_vector[L] u;
  vector[N] y;
}
parameters {
  cholesky_factor_corr[K] L_corr;
  vector<lower=0>[K] tau;
  matrix[L, K] gamma;
  array[J] vector[K] beta;
  real<lower=0> sigma;
}
model {
  /*@prior*/ tau ~ cauchy(0, 2.5);
  /*@prior*/ L_corr ~ lkj_corr_cholesky(2);
  /*@prior*/ to_vector(gamma) ~ normal(0, 5);
  {
    array[J] vector[K] u_gamma;
    for (j in 1:J)
      u_gamma[j] = (u[j] * gamma)';
    /*@population*/ beta ~ multi_normal_cholesky(u_gamma, diag_pre_multiply(tau, L_corr));
  }
  for (n in 1:N)
    /*@likelihood*/ y[n] ~ normal(x[n] * beta[jj[n]], sigma);
}
