functions {
  real pareto_tail_log(real y, real m, real a) {
    return log(a) + a * log(m) - (a + 1) * log(y);
  }
}
data { int N; real<lower=1> y[N]; }
parameters { real<lower=0> a; }
model {
  for (n in 1:N) y[n] ~ pareto_tail(1, a);
}
