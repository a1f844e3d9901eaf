data {
  int<lower=1> N;
  int<lower=1> D;
  array[N] vector[D] y;
  vector[D] m0;
  real<lower=0> k0;
  real<lower=D - 1> nu0;
  cov_matrix[D] S0;
}
parameters {
  vector[D] mu;
  cov_matrix[D] Sigma;
}
model {
  /*@prior*/ target += inv_wishart_lpdf(Sigma | nu0, S0);
  /*@prior*/ target += multi_normal_lpdf(mu | m0, Sigma / k0);
  /*@likelihood*/ target += multi_normal_lpdf(y | mu, Sigma);
}
