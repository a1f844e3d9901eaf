data {
  int<lower=1> N;
  int<lower=1> P;
  matrix[N, P] x;
  vector[N] y;
}
parameters {
  ordered[2] a;
  array[2] vector[P] b;
  array[2] real<lower=0> s;
  real g0;
  real g1;
}
model {
  for (n in 1 : N) {
    real lambda = inv_logit(g0 + g1 * x[n, 1]);
    /*@likelihood*/ target += log_mix(lambda,
                      normal_lpdf(y[n] | a[1] + x[n] * b[1], s[1]),
                      normal_lpdf(y[n] | a[2] + x[n] * b[2], s[2]));
  }
  for (c in 1 : 2)
    /*@prior*/ target += normal_lpdf(b[c] | 0, 1) + exponential_lpdf(s[c] | 1);
  /*@prior*/ target += normal_lpdf(a | 0, 3);
  /*@prior*/ g0 ~ logistic(0, 1);
  /*@prior*/ g1 ~ normal(0, 1);
}
