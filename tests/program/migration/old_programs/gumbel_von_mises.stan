data { int N; real y[N]; }
parameters { real<lower=-3, upper=3> mu; real<lower=0> kappa; }
model {
  increment_log_prob(von_mises_log(y, mu, kappa));
  increment_log_prob( gumbel_ccdf_log( y , mu , kappa ) ) ;
}
