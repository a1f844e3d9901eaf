data { int N; int g[N]; real y[N]; }
parameters { real a[3]; }
model {
  for (i in 1:N)
    y[i] ~ normal(if_else(g[i]==1, a[1], if_else(g[i] == 2, a[2], a[3])), if_else(if_else(g[i] > 1, 1, 0),1.0,2));
}
