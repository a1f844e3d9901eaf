functions { real tri_log(real y, real w) { return log(w - fabs(y)); } }
data { int N; real y[N]; int k[N]; }
parameters { real<lower=4> w; real<lower=0> lambda; real eta; }
model {
  y ~ normal_log(0, w);
  k ~ poisson_log(eta);
  k ~ poisson_lpmf(lambda);
  k ~ poisson_log_log(eta);
  for (n in 1:N) y[n] ~ tri_log(w);
}
