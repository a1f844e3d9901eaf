data {
  int<lower=1> N;
  int<lower=1> n_site;
  int<lower=1> n_plot;
  array[N] int<lower=1, upper=n_plot> plot;
  array[n_plot] int<lower=1, upper=n_site> site;
  array[N] int<lower=0> count;
}
parameters {
  real intercept;
  vector[n_site] z_site;
  vector[n_plot] z_plot;
  vector[N] z_obs;
  real<lower=0> s_site;
  real<lower=0> s_plot;
  real<lower=0> s_obs;
}
transformed parameters {
  vector[N] log_lambda;
  {
    vector[n_site] e_site = s_site * z_site;
    vector[n_plot] e_plot = e_site[site] + s_plot * z_plot;
    log_lambda = intercept + e_plot[plot] + z_obs * s_obs;
  }
}
model {
  /*@prior*/ intercept ~ normal(1, 1);
  /*@population*/ z_site ~ normal(0, 1);
  /*@population*/ z_plot ~ normal(0, 1);
  /*@population*/ z_obs ~ normal(0, 1);
  /*@prior*/ s_site ~ exponential(1);
  /*@prior*/ s_plot ~ exponential(1);
  /*@prior*/ s_obs ~ exponential(2);
  /*@likelihood*/ count ~ poisson_log(log_lambda);
}
