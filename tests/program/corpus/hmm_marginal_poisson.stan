// Poisson hidden Markov model with a built-in marginal likelihood.
data {
  int<lower=1> K;
  int<lower=1> T;
  array[T] int<lower=0> y;
  vector<lower=0>[K] alpha;
}
parameters {
  array[K] simplex[K] P;
  simplex[K] rho;
  positive_ordered[K] lambda;
}
transformed parameters {
  matrix[K, T] log_omega;
  matrix[K, K] Gamma;
  for (k in 1 : K)
    Gamma[k] = P[k]';
  for (t in 1 : T)
    for (k in 1 : K)
      log_omega[k, t] = poisson_lpmf(y[t] | lambda[k]);
}
model {
  for (k in 1 : K)
    /*@prior*/ P[k] ~ dirichlet(alpha);
  /*@prior*/ rho ~ dirichlet(alpha);
  /*@prior*/ lambda ~ gamma(2, 0.3);
  /*@likelihood*/ target += hmm_marginal(log_omega, Gamma, rho);
}
