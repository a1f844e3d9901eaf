data {
  int<lower=0> N;
  array[N] int<lower=0> x;
  array[N] real t;
}
parameters {
  real<lower=0> alpha;
  real<lower=0> beta;
  array[N] real<lower=0> theta;
}
model {
  /*@prior*/ alpha ~ exponential(1.0);
  /*@prior*/ beta ~ gamma(0.1, 1.0);
  for (i in 1:N) {
    /*@population*/ theta[i] ~ gamma(alpha, beta);
    /*@likelihood*/ x[i] ~ poisson(theta[i] * t[i]);
  }
}
