data {
  int<lower=0> N_obs; int<lower=0> N_mis;
  real y_obs[N_obs];
}
parameters { real mu; real<lower=0> sigma; real y_mis[N_mis]; }
model {
  for (n in 1:N_obs) y_obs[n] ~ normal(mu,sigma);
  for (n in 1:N_mis) y_mis[n] ~ normal(mu,sigma);
}
