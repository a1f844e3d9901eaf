data {
  int<lower=0> N;
  vector<lower=0>[N] t;
  array[N] int<lower=0, upper=1> cens;
  int<lower=1> P;
  matrix[N, P] X;
  int<lower=1> H; // hospitals
  array[N] int<lower=1, upper=H> h;
}
parameters {
  real b0;
  vector[P] beta;
  real log_shape;
  vector[H] z;
  real<lower=0> tau;
}
transformed parameters {
  real shape = exp(log_shape);
  vector[N] scale = exp(b0 + X * beta + tau * z[h]);
}
model {
  /*@prior*/ b0 ~ normal(2, 2);
  /*@prior*/ beta ~ normal(0, 1);
  /*@prior*/ shape ~ gamma(4, 4);
  /*@prior*/ target += log_shape;
  /*@population*/ z ~ normal(0, 1);
  /*@prior*/ tau ~ exponential(2);
  for (n in 1 : N)
    if (cens[n] == 0)
      /*@likelihood*/ target += weibull_lpdf(t[n] | shape, scale[n]);
    else
      /*@likelihood*/ target += weibull_lccdf(t[n] | shape, scale[n]);
}
