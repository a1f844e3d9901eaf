data {
  int<lower=1> N;
  int<lower=1> K;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> g;
  array[N] vector[K] y;
}
parameters {
  vector[K] centre;
  array[J] vector[K] beta;
  vector<lower=0>[K] tau;
  cholesky_factor_corr[K] L_tau;
  vector<lower=0>[K] s;
  cholesky_factor_corr[K] L_s;
}
model {
  array[N] vector[K] mu;
  for (n in 1 : N) mu[n] = beta[g[n]];
  /*@prior*/ centre ~ normal(0, 2);
  /*@prior*/ tau ~ exponential(1);
  /*@prior*/ L_tau ~ lkj_corr_cholesky(2);
  /*@population*/ beta ~ multi_normal_cholesky(centre, diag_pre_multiply(tau, L_tau));
  /*@prior*/ s ~ exponential(1);
  /*@prior*/ L_s ~ lkj_corr_cholesky(1);
  /*@likelihood*/ y ~ multi_normal_cholesky(mu, diag_pre_multiply(s, L_s));
}
