data {
  int<lower=0> N_obs;
  int<lower=0> N_mis;
  vector[N_obs] x_obs;
  vector[N_obs] y_full;
  vector[N_mis] y_part;
}
parameters {
  real mu_x;
  real<lower=0> sd_x;
  vector[N_mis] x_mis;
  real alpha;
  real beta;
  real<lower=0> sigma;
}
model {
  /*@prior*/ mu_x ~ normal(0, 10);
  /*@prior*/ sd_x ~ exponential(0.5);
  /*@likelihood*/ x_obs ~ normal(mu_x, sd_x);
  /*@prior*/ x_mis ~ normal(mu_x, sd_x);
  /*@prior*/ alpha ~ normal(0, 10);
  /*@prior*/ beta ~ normal(0, 10);
  /*@prior*/ sigma ~ exponential(0.5);
  /*@likelihood*/ y_full ~ normal(alpha + beta * x_obs, sigma);
  /*@likelihood*/ y_part ~ normal(alpha + beta * x_mis, sigma);
}
