data {
  int<lower=2> T;
  int<lower=1> K;
  array[T] vector[K] Y;
}
parameters {
  vector[K] c;
  vector[K] own;
  matrix[K, K] cross_raw;
  real<lower=0> lambda;
  cholesky_factor_corr[K] L_Omega;
  vector<lower=0>[K] sd_y;
}
transformed parameters {
  matrix[K, K] A = cross_raw;
  for (k in 1 : K)
    A[k, k] = own[k];
}
model {
  matrix[K, K] L = diag_pre_multiply(sd_y, L_Omega);
  /*@prior*/ c ~ normal(0, 1);
  /*@prior*/ own ~ normal(0.5, 0.5);
  // lags of the other series are shrunk to a common extent
  /*@population*/ to_vector(cross_raw) ~ normal(0, lambda);
  /*@prior*/ lambda ~ exponential(4);
  /*@prior*/ L_Omega ~ lkj_corr_cholesky(2);
  /*@prior*/ sd_y ~ lognormal(0, 0.5);
  for (t in 2 : T)
    /*@likelihood*/ target += multi_normal_cholesky_lpdf(Y[t] | c + A * Y[t - 1], L);
}
