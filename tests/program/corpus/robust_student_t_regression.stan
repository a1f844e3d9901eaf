data {
  int<lower=0> N;
  int<lower=1> K;
  matrix[N, K] X;
  vector[N] y;
}
parameters {
  real alpha;
  vector[K] beta;
  real<lower=0> sigma;
  real<lower=1> nu;
}
model {
  // degrees of freedom as recommended by Juarez and Steel
  /*@prior*/ nu ~ gamma(2, 0.1);
  /*@prior*/ alpha ~ normal(mean(y), 2.5 * sd(y));
  /*@prior*/ beta ~ normal(0, 2.5);
  /*@prior*/ sigma ~ exponential(1 / sd(y));

  /*@likelihood*/ y ~ student_t(nu, X * beta + alpha, sigma);
}
