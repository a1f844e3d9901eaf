data { int N; int a[N]; int b[N]; real y[N]; }
parameters { real m; }
model {
  for (n in 1:N) y[n] ~ normal(m + fabs(a[n] - b[n]) / 2, 1);
}
