data {
  int<lower=1> N;
  vector[N] x;
  vector[N] y;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> g;
}
parameters {
  real a;
  real b;
  vector[J] u;
  real<lower=0> tau;
  real<lower=0> sigma;
}
model {
  real lp = 0;
  /*@prior*/ lp += normal_lpdf(a | 0, 5);
  /*@prior*/ lp += exponential_lpdf(sigma | 1);
  for (n in 1 : N) {
    real m = a + b * x[n] + u[g[n]];
    /*@likelihood*/ lp += normal_lpdf(y[n] | m, sigma);
  }
  target += lp;
  vector[2] parts = rep_vector(0, 2);
  /*@prior*/ parts[1] += normal_lpdf(b | 0, 2);
  for (j in 1 : J)
    /*@population*/ parts[2] += normal_lpdf(u[j] | 0, tau);
  /*@prior*/ parts[1] += exponential_lpdf(tau | 2);
  target += sum(parts);
}
