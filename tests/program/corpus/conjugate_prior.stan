data { int N, K; matrix[N, K] X; vector[N] y; real m0; real<lower=0> v0; real<lower=0> x_scale; }
transformed data {
  matrix[K, K] V = x_scale * inverse_spd(crossprod(X));
}
parameters { vector[K] beta; real a; real<lower=0> sigma2; }
model {
  /*@prior*/ sigma2 ~ inv_gamma(2, 1);
  /*@prior*/ a ~ normal(m0, sqrt(sigma2 * v0));
  /*@prior*/ target += multi_normal_lpdf(beta | rep_vector(0, K), N * sigma2 * V);
  /*@likelihood*/ y ~ normal(a + X * beta, sqrt(sigma2));
}
