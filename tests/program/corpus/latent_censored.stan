data { int<lower=0> N_obs, N_cens; array[N_obs] real y_obs; real<lower=max(y_obs)> U; }
parameters { array[N_cens] real<lower=U> y_cens; real mu; real<lower=0> sigma; }
model {
  /*@likelihood*/ y_obs ~ normal(mu, sigma);
  /*@population*/ y_cens ~ normal(mu, sigma);
  /*@prior*/ mu ~ normal(0, 5);
  /*@prior*/ sigma ~ exponential(1);
}
