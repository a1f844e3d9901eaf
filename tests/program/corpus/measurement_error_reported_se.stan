data {
  int<lower=1> N;
  vector[N] D_obs;
  vector<lower=0>[N] D_sd;
  vector[N] M_obs;
  vector<lower=0>[N] M_sd;
}
parameters {
  real a;
  real bM;
  real<lower=0> sigma;
  vector[N] D_true;
  vector[N] M_true;
}
model {
  /*@prior*/ a ~ normal(0, 0.2);
  /*@prior*/ bM ~ normal(0, 0.5);
  /*@prior*/ sigma ~ exponential(1);
  /*@ask*/ M_true ~ normal(M_obs, M_sd);
  /*@population*/ D_true ~ normal(a + bM * M_true, sigma);
  /*@likelihood*/ D_obs ~ normal(D_true, D_sd);
}
