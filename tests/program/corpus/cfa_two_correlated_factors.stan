data {
  int<lower=1> N;
  matrix[N, 6] Y;
}
parameters {
  vector[6] nu;
  vector[4] lam_free;
  vector<lower=0>[6] psi;
  vector<lower=0>[2] phi;
  cholesky_factor_corr[2] L_F;
  array[N] vector[2] eta;
}
transformed parameters {
  vector[6] lam = [1, lam_free[1], lam_free[2], 1, lam_free[3], lam_free[4]]';
}
model {
  /*@prior*/ nu ~ normal(0, 10);
  /*@prior*/ lam_free ~ normal(1, 1);
  /*@prior*/ psi ~ gamma(1, 0.5);
  /*@prior*/ phi ~ gamma(1, 0.5);
  /*@prior*/ L_F ~ lkj_corr_cholesky(1);
  /*@population*/ eta ~ multi_normal_cholesky(rep_vector(0, 2), diag_pre_multiply(phi, L_F));
  for (i in 1:N) {
    for (k in 1:3)
      /*@likelihood*/ Y[i, k] ~ normal(nu[k] + lam[k] * eta[i, 1], psi[k]);
    for (k in 4:6)
      /*@likelihood*/ Y[i, k] ~ normal(nu[k] + lam[k] * eta[i, 2], psi[k]);
  }
}
