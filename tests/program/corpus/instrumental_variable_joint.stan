data {
  int<lower=1> N;
  vector[N] W;
  vector[N] E;
  vector[N] Q;
}
parameters {
  real aW;
  real aE;
  real bEW;
  real bQE;
  corr_matrix[2] Rho;
  vector<lower=0>[2] Sigma;
}
model {
  array[N] vector[2] YY;
  array[N] vector[2] MU;
  /*@prior*/ Sigma ~ exponential(1);
  /*@prior*/ Rho ~ lkj_corr(2);
  /*@prior*/ bQE ~ normal(0, 0.5);
  /*@prior*/ bEW ~ normal(0, 0.5);
  /*@prior*/ aE ~ normal(0, 0.2);
  /*@prior*/ aW ~ normal(0, 0.2);
  for (i in 1:N) {
    MU[i] = [aW + bEW * E[i], aE + bQE * Q[i]]';
    YY[i] = [W[i], E[i]]';
  }
  /*@likelihood*/ YY ~ multi_normal(MU, quad_form_diag(Rho, Sigma));
}
