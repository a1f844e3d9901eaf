data {
  int<lower=1> N;
  int<lower=1> L;
  array[N] int<lower=1, upper=L> lake;
  vector[N] persons;
  vector[N] camper;
  array[N] int<lower=0> fish;
}
transformed data {
  array[N] int<lower=0, upper=1> none;
  for (n in 1 : N) none[n] = fish[n] == 0;
}
parameters {
  real h0;
  real h1;
  real c0;
  real c1;
  matrix[2, L] r;
  vector<lower=0>[2] sd_r;
  cholesky_factor_corr[2] L_r;
}
transformed parameters {
  matrix[L, 2] u = (diag_pre_multiply(sd_r, L_r) * r)';
}
model {
  for (n in 1 : N) {
    /*@likelihood*/ none[n] ~ bernoulli_logit(h0 + h1 * camper[n] + u[lake[n], 1]);
    if (fish[n] > 0) {
      real mu = exp(c0 + c1 * persons[n] + u[lake[n], 2]);
      /*@likelihood*/ fish[n] ~ poisson(mu) T[1, ];
    }
  }
  for (l in 1 : L) {
    /*@population*/ r[, l] ~ std_normal();
  }
  /*@prior*/ target += normal_lupdf(h0 | 0, 2) + normal_lupdf(h1 | 0, 1);
  /*@prior*/ target += normal_lupdf(c0 | 0, 2) + normal_lupdf(c1 | 0, 1);
  /*@prior*/ sd_r ~ normal(0, 1) T[0, ];
  /*@prior*/ L_r ~ lkj_corr_cholesky(2);
}
