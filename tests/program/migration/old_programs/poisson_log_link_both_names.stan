data { int N; int y[N]; vector[N] x; }
parameters { real a; real b; }
model {
  y ~ poisson_log(a + b * x);
}
generated quantities {
  real log_lik[N];
  for (n in 1:N) log_lik[n] <- poisson_log_log(y[n], a + b * x[n]);
}
