data { int<lower=1> T; vector[T] y; }
parameters { real x0; vector[T] eps; real<lower=0> q; real<lower=0> r; }
transformed parameters {
  vector[T] x;
  x[1] = x0 + q * eps[1];
  for (t in 2 : T) x[t] = x[t - 1] + q * eps[t];
}
model {
  /*@prior*/ x0 ~ normal(0, 5);
  /*@population*/ target += std_normal_lpdf(eps | );
  /*@prior*/ q ~ exponential(1);
  /*@prior*/ r ~ exponential(1);
  /*@likelihood*/ y ~ normal(x, r);
}
