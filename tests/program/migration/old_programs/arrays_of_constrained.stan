parameters {
  simplex[3] a[2];
  unit_vector[3] b[2];
  ordered[3] c[2];
  positive_ordered[3] d[2, 2];
  corr_matrix[3] e[2];
  cov_matrix[3] f[2];
  cholesky_factor_corr[3] g[2];
  cholesky_factor_cov[3, 2] h[2];
  matrix<lower=0>[2, 2] i[4];
  row_vector<lower=0, upper=1>[2] j[4];
}
model {
  for (n in 1:2) { c[n] ~ normal(0, 1); for (m in 1:2) d[n, m] ~ normal(0, 1); }
  for (n in 1:4) { to_vector(i[n]) ~ normal(0, 1); }
}
