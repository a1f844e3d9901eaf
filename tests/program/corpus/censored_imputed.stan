// Lamp lifetimes on the log scale; right-censored ones are imputed as parameters.
data {
  int N_obs;
  int N_cens;
  vector[N_obs] y_obs;
  vector[N_cens] c;
  vector[N_obs] volt_obs;
  vector[N_cens] volt_cens;
}
parameters {
  vector<lower=c>[N_cens] y_cens;
  real alpha;
  real slope;
  real<lower=0> scale;
}
model {
  for (n in 1 : N_obs) {
    /*@likelihood*/ y_obs[n] ~ normal(alpha + slope * volt_obs[n], scale);
  }
  for (n in 1 : N_cens) {
    /*@population*/ y_cens[n] ~ normal(alpha + slope * volt_cens[n], scale);
  }
  /*@prior*/ alpha ~ normal(7, 2);
  /*@prior*/ slope ~ normal(-1, 1);
  /*@prior*/ scale ~ normal(0, 1);
}
