data { int N, M; }
transformed data {
  real a[3], b, c[3, 2];
  int k[2], l[2];
  a[1] = 1; a[2] = 2; a[3] = 3; b = 1; c = rep_array(0.0, 3, 2); k[1] = 1; k[2] = 2; l = k;
}
parameters { real mu; }
model { a ~ normal(mu, b); }
