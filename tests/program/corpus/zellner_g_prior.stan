data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] X;
  vector[N] y;
  real<lower=0> g;
}
transformed data {
  matrix[K, K] XtX_inv = inverse_spd(crossprod(X));
  vector[K] b0 = rep_vector(0, K);
}
parameters {
  real alpha;
  vector[K] beta;
  real<lower=0> sigma;
}
model {
  // Jeffreys on the scale
  /*@prior*/ target += -log(sigma);
  /*@prior*/ beta ~ multi_normal(b0, g * square(sigma) * XtX_inv);
  /*@likelihood*/ y ~ normal(alpha + X * beta, sigma);
}
