data { int N; real y[N]; }
transformed data { int idx[2] = {1, 2}; real w[2, 2] = {{0.1, 0.9}, {0.5, 0.5}}; vector[2] v = [1, 2]'; }
parameters { real mu[2]; }
model {
  int k;
  if (N > 1) { k <- 2; } else { k <- 1; }
  { int k2; k2 <- k; { real z; z <- w[k2, 1]; } }
  y ~ normal(mu[idx[k]] + v[1], 1);
}
