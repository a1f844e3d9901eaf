data {
  int<lower=1> N;
  int<lower=0> N_mis;
  array[N, 2] real y_in;               // zero where missing
  array[N_mis, 2] int<lower=1> where_mis;
}
parameters {
  vector[2] mu;
  vector<lower=0>[2] sigma;
  cholesky_factor_corr[2] L;
  vector[N_mis] y_mis;
}
transformed parameters {
  array[N] vector[2] y;
  for (n in 1:N)
    y[n] = to_vector(y_in[n]);
  for (m in 1:N_mis)
    y[where_mis[m, 1]][where_mis[m, 2]] = y_mis[m];
}
model {
  /*@prior*/ mu ~ normal(0, 10);
  /*@prior*/ sigma ~ normal(0, 5);
  /*@prior*/ L ~ lkj_corr_cholesky(2);
  /*@likelihood*/ y ~ multi_normal_cholesky(mu, diag_pre_multiply(sigma, L));
}
