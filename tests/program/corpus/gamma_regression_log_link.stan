data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] X;          // first column is one
  vector<lower=0>[N] cost;
}
parameters {
  vector[K] beta;
  real<lower=0> shape;
}
model {
  vector[N] mu;
  /*@prior*/ beta[1] ~ normal(log(100), 2);
  /*@prior*/ beta[2:K] ~ normal(0, 1);
  /*@prior*/ shape ~ gamma(2, 0.5);
  mu = exp(X * beta);
  /*@likelihood*/ target += gamma_lpdf(cost | shape, shape ./ mu);
}
