data { int<lower=0> No; int<lower=0> Nm; vector[No] y_obs; }
parameters { real mu; real<lower=0> sigma; vector[Nm] y_mis; }
transformed parameters { vector[No+Nm] y = append_row(y_obs, y_mis); }
model { /*@prior*/ mu ~ normal(0,10); /*@prior*/ sigma ~ exponential(1); /*@likelihood*/ y ~ normal(mu, sigma); }
