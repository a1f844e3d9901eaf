data {
  int<lower=1> K;
  int<lower=1> V;
  int<lower=0> T;
  int<lower=1,upper=V> u[T];
  vector<lower=0>[K] alpha;
  vector<lower=0>[V] beta;
}
parameters {
  simplex[K] theta[K];  // transit probs
  simplex[V] phi[K];    // emit probs
}
model {
  real acc[K];
  real gamma[T,K];
  for (k in 1:K)
    theta[k] ~ dirichlet(alpha);
  for (k in 1:K)
    phi[k] ~ dirichlet(beta);
  for (k in 1:K)
    gamma[1,k] <- log(phi[k,u[1]]);
  for (t in 2:T) {
    for (k in 1:K) {
      for (j in 1:K)
        acc[j] <- gamma[t-1,j] + log(theta[j,k]) + log(phi[k,u[t]]);
      gamma[t,k] <- log_sum_exp(acc);
    }
  }
  increment_log_prob(log_sum_exp(gamma[T]));
}
