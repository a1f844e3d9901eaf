data {
  int<lower=0> N;
  array[N] int<lower=0> y;
  vector[N] x;
}
parameters {
  real<lower=0, upper=1> theta;
  real a;
  real b;
}
model {
  /*@prior*/ theta ~ beta(1, 1);
  /*@prior*/ a ~ normal(0, 2);
  /*@prior*/ b ~ normal(0, 1);
  for (n in 1:N) {
    /*@likelihood*/ (y[n] == 0) ~ bernoulli(theta);
    if (y[n] > 0) {
      real lambda = exp(a + b * x[n]);
      /*@likelihood*/ y[n] ~ poisson(lambda) T[1, ];
    }
  }
}
