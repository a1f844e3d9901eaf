functions {
  void prior_lp(real mu, real[] b) {
    increment_log_prob(normal_log(mu, 0, 10));
    b ~ normal(mu, 1);
  }
}
data { int N; real y[N]; }
parameters { real mu; real b[N]; }
model {
  prior_lp(mu, b);
  y ~ normal(b, 1);
}
