functions {
  real lomax_lpdf(real y, real a) { return log(a) - (a + 1) * log1p(y); }
  real lomax_cdf(real y, real a) { return 1 - pow(1 + y, -a); }
}
data { int N; real y[N]; }
parameters { real<lower=0> a; }
model {
  for (n in 1:N) {
    target += lomax_lpdf(y[n], a);
    target += -log(lomax_cdf(10, a));
  }
}
