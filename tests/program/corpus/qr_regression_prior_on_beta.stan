data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] Q;          // thin Q times sqrt(N - 1)
  matrix[K, K] R;          // R over sqrt(N - 1)
  vector[N] y;
}
transformed data {
  matrix[K, K] R_inv = inverse(R);
}
parameters {
  vector[K] theta;
  real<lower=0> sigma;
}
transformed parameters {
  vector[K] beta = R_inv * theta;
  real log_sigma = log(sigma);
}
model {
  /*@prior*/ beta ~ normal(0, 3);
  /*@prior*/ log_sigma ~ normal(0, 1);
  /*@prior*/ target += -log(sigma);
  /*@likelihood*/ y ~ normal(Q * theta, sigma);
}
