data { int<lower=1> T, K; array[T] real y; }
parameters {
  array[K] simplex[K] P;
  simplex[K] start;
  ordered[K] mu;
  real<lower=0> s;
}
model {
  for (k in 1 : K)
    /*@prior*/ P[k] ~ dirichlet(rep_vector(1.5, K));
  /*@prior*/ mu ~ normal(0, 2);
  /*@prior*/ target += exponential_lpdf(s | 1);
  {
    array[T] vector[K] fwd;
    for (k in 1 : K) fwd[1, k] = log(start[k]) + normal_lpdf(y[1] | mu[k], s);
    for (t in 2 : T) {
      for (k in 1 : K) {
        vector[K] from;
        for (j in 1 : K) from[j] = fwd[t - 1, j] + log(P[j][k]);
        fwd[t, k] = log_sum_exp(from) + normal_lpdf(y[t] | mu[k], s);
      }
    }
    /*@likelihood*/ target += log_sum_exp(fwd[T]);
  }
}
