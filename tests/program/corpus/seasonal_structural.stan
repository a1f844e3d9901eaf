// Basic structural model for quarterly data: level plus dummy seasonal.
data {
  int<lower=5> n;
  vector[n] y;
}
parameters {
  vector[n] level;
  vector[n] seas;
  real<lower=0> sd_irr;
  real<lower=0> sd_lev;
  real<lower=0> sd_seas;
}
transformed parameters {
  vector[n] yhat = level + seas;
}
model {
  /*@population*/ level[1] ~ normal(y[1], 10);
  /*@population*/ level[2 : n] ~ normal(level[1 : (n - 1)], sd_lev);
  /*@population*/ seas[1 : 3] ~ normal(0, 5);
  for (t in 4 : n)
    /*@population*/ seas[t] ~ normal(-sum(seas[(t - 3) : (t - 1)]), sd_seas);
  /*@likelihood*/ y ~ normal(yhat, sd_irr);
  /*@prior*/ sd_irr ~ normal(0, 1);
  /*@prior*/ sd_lev ~ normal(0, 1);
  /*@prior*/ sd_seas ~ normal(0, 0.5);
}
