data { int N; int x[N]; }
transformed data {
  int g[sum(x[1:2]), max(x)];
  vector[max(x)] v[if_else(N > 2, 2, 1)];
  g <- rep_array(1, sum(x[1:2]), max(x));
  v <- rep_array(rep_vector(0.0, max(x)), if_else(N > 2, 2, 1));
}
parameters { real mu; }
model { mu ~ normal(g[1, 1], 1); }
