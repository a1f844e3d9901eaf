data {
  int<lower=1> N;
  int<lower=1> K;
  array[N] int<lower=0, upper=1> vote;
  matrix[N, K] X;
  vector<lower=0>[N] weight;
}
transformed data {
  vector[N] w = weight / mean(weight);
}
parameters {
  real alpha;
  vector[K] beta;
}
model {
  vector[N] eta = alpha + X * beta;
  /*@prior*/ target += normal_lpdf(alpha | 0, 2.5);
  /*@prior*/ target += normal_lpdf(beta | 0, 1);
  for (n in 1:N)
    /*@likelihood*/ target += w[n] * bernoulli_logit_lpmf(vote[n] | eta[n]);
}
