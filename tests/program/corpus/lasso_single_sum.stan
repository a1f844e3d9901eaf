data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] X;
  vector[N] y;
}
transformed data {
  vector[N] yc = y - mean(y);
}
parameters {
  vector[K] beta;
  real<lower=0> lambda;
  real<lower=0> sigma;
}
model {
  target += /*@likelihood*/ normal_lpdf(yc | X * beta, sigma)
            + /*@population*/ double_exponential_lpdf(beta | 0, sigma / lambda)
            + /*@prior*/ gamma_lpdf(lambda | 1, 0.5)
            + /*@prior*/ exponential_lpdf(sigma | 1);
}
