data {
  int<lower=0> N_obs;
  int<lower=0> N_cens;
  int<lower=1> K;
  matrix[N_obs, K] X_obs;
  matrix[N_cens, K] X_cens;
  vector[N_obs] hours;
  real L;
}
parameters {
  real alpha;
  vector[K] beta;
  real<lower=0> sigma;
  vector<upper=L>[N_cens] hours_cens;
}
model {
  /*@prior*/ alpha ~ normal(0, 10);
  /*@prior*/ beta ~ normal(0, 5);
  /*@prior*/ sigma ~ student_t(3, 0, 5);
  /*@likelihood*/ hours ~ normal(alpha + X_obs * beta, sigma);
  /*@population*/ hours_cens ~ normal(alpha + X_cens * beta, sigma);
}
