data {
  int<lower=1> K;
  int<lower=1> N;
  array[N] real y;
}
parameters {
  array[K] simplex[K] theta;
  simplex[K] pi1;
  ordered[K] mu;
  real<lower=0> sigma;
}
model {
  // priors
  /*@prior*/ target += normal_lpdf(mu[1] | 3, 1);
  /*@prior*/ target += normal_lpdf(mu[2] | 10, 1);
  /*@prior*/ target += normal_lpdf(sigma | 0, 2);
  for (k in 1 : K)
    /*@prior*/ theta[k] ~ dirichlet(rep_vector(2.0, K));
  // forward algorithm
  {
    array[K] real acc;
    array[N, K] real gamma;
    for (k in 1 : K)
      gamma[1, k] = log(pi1[k]) + normal_lpdf(y[1] | mu[k], sigma);
    for (t in 2 : N) {
      for (k in 1 : K) {
        for (j in 1 : K) {
          acc[j] = gamma[t - 1, j] + log(theta[j, k]) + normal_lpdf(y[t] | mu[k], sigma);
        }
        gamma[t, k] = log_sum_exp(acc);
      }
    }
    /*@likelihood*/ target += log_sum_exp(gamma[N]);
  }
}
