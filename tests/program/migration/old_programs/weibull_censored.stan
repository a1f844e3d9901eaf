data {
  int<lower=0> N_obs;
  int<lower=0> N_cens;
  real<lower=0> t_obs[N_obs];
  real<lower=0> t_cens[N_cens];
}
parameters { real<lower=0> alpha; real<lower=0> sigma; }
model {
  alpha ~ gamma(1, 0.01);
  sigma ~ gamma(1, 0.01);
  t_obs ~ weibull(alpha, sigma);
  increment_log_prob(weibull_ccdf_log(t_cens, alpha, sigma));
}
