functions {
  real walk_lpdf(vector x, real q);
  real walk_lpdf(vector x, real q) {
    int n = size(x);
    if (n < 2) return 0;
    return normal_lpdf(x[2] | x[1], q) + walk_lpdf(tail(x, n - 1) | q);
  }
}
data { int<lower=1> T; vector[T] y; }
parameters { vector[T] x; real<lower=0> q; real<lower=0> r; }
model {
  /*@population*/ x[1] ~ normal(0, 5);
  /*@population*/ x ~ walk(q);
  /*@prior*/ [q, r] ~ exponential(1);
  /*@likelihood*/ y ~ normal(x, r);
}
