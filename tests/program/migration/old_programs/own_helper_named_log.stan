functions {
  real safe_log(real x) { return log(x + 1e-10); }
}
data { int N; real<lower=0> y[N]; }
parameters { real<lower=0> s; }
model {
  for (n in 1:N) increment_log_prob(-safe_log(s) - y[n] / s);
}
