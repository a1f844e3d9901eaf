functions {
  real one_cpt(real dose, real t, real ka, real cl, real v) {
    real k = cl / v;
    return dose * ka / (v * (ka - k)) * (exp(-k * t) - exp(-ka * t));
  }
}
data {
  int N;
  int J;
  array[N] int<lower=1, upper=J> id;
  vector<lower=0>[N] time;
  vector<lower=0>[J] dose;
  vector[J] lwt; // log(weight / 70)
  vector<lower=0>[N] dv;
}
parameters {
  vector[3] tv; // log ka, log cl, log v
  vector<lower=0>[3] omega;
  cholesky_factor_corr[3] L_R;
  array[J] vector[3] phi;
  real<lower=0> sigma;
}
model {
  matrix[3, 3] L_O = diag_pre_multiply(omega, L_R);
  /*@prior*/ tv[1] ~ normal(log(1.5), 0.5);
  /*@prior*/ tv[2] ~ normal(log(0.05), 1);
  /*@prior*/ tv[3] ~ normal(log(0.5), 1);
  /*@prior*/ omega ~ normal(0, 0.4);
  /*@prior*/ L_R ~ lkj_corr_cholesky(2.5);
  for (j in 1 : J) {
    vector[3] m = tv + [0, 0.75, 1]' * lwt[j];
    /*@population*/ phi[j] ~ multi_normal_cholesky(m, L_O);
  }
  /*@prior*/ sigma ~ cauchy(0, 0.3);
  for (n in 1 : N) {
    vector[3] p = exp(phi[id[n]]);
    /*@likelihood*/ dv[n] ~ lognormal(log(one_cpt(dose[id[n]], time[n], p[1], p[2], p[3])), sigma);
  }
}
