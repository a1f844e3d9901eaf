data {
  int<lower=1> N;
  array[N] real y;
  array[2] vector[2] V;
  matrix[2, 2] X;
  int<lower=1> J;
  array[J] int<lower=0> k;
}
parameters {
  real mu;
  vector[2] centre;
  real<lower=0> s;
  vector[J] theta;
  real m;
  real<lower=0> tau;
}
model {
  for (v in y) /*@likelihood*/ v ~ normal(mu, s);
  for (row in V) {
    /*@likelihood*/ row ~ normal(centre, s);
    for (e in row)
      /*@likelihood*/ target += normal_lpdf(e | mu, 2);
  }
  for (e in X) /*@likelihood*/ e ~ logistic(mu, s);
  for (t in theta) /*@population*/ t ~ normal(m, tau);
  for (q in {1, 2}) /*@prior*/ target += -q * square(mu);
  for (q in [0.1, 0.2]) /*@prior*/ target += normal_lpdf(m | q, 1);
  for (q in {0.5, 1.5}) {
    /*@likelihood*/ y ~ normal(mu + q, s);
  }
  for (pair in {{1, 2}, {2, 1}})
    /*@likelihood*/ k[pair[1]] ~ poisson_log(theta[pair[2]]);
  for (c in centre) for (w in {2, 3}) /*@prior*/ c ~ normal(0, w);
  /*@prior*/ s ~ exponential(1);
  /*@prior*/ tau ~ exponential(1);
}
