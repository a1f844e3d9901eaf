data { int N; real y[N]; }
parameters { real m; real<lower=0> s; }
model {
  for (n in 1:N) increment_log_prob(-log(2 * s) - fabs(y[n] - m) / s);
}
