data {
  int<lower=2> K; // topics
  int<lower=2> V; // vocabulary
  int<lower=1> M; // documents
  int<lower=1> N; // word instances
  array[N] int<lower=1, upper=V> w;
  array[N] int<lower=1, upper=M> doc;
  vector<lower=0>[V] beta;
}
parameters {
  array[M] simplex[K] theta;
  array[K] simplex[V] phi;
  real<lower=0> alpha;
}
model {
  /*@prior*/ alpha ~ gamma(2, 2);
  for (m in 1 : M) {
    /*@population*/ theta[m] ~ dirichlet(rep_vector(alpha, K));
  }
  for (k in 1 : K) {
    /*@prior*/ phi[k] ~ dirichlet(beta);
  }
  for (n in 1 : N) {
    vector[K] gamma;
    for (k in 1 : K) {
      gamma[k] = log(theta[doc[n], k]) + log(phi[k, w[n]]);
    }
    /*@likelihood*/ target += log_sum_exp(gamma);
  }
}
