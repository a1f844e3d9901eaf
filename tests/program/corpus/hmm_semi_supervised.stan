data {
  int<lower=1> K; // states
  int<lower=1> V; // words
  int<lower=0> T; // labelled
  int<lower=1> T_u; // unlabelled
  array[T] int<lower=1, upper=V> w;
  array[T] int<lower=1, upper=K> z;
  array[T_u] int<lower=1, upper=V> u;
  vector<lower=0>[K] alpha;
  vector<lower=0>[V] beta;
}
parameters {
  array[K] simplex[K] theta; // transitions
  array[K] simplex[V] phi; // emissions
}
model {
  for (k in 1 : K) {
    /*@prior*/ theta[k] ~ dirichlet(alpha);
    /*@prior*/ phi[k] ~ dirichlet(beta);
  }
  for (t in 1 : T)
    /*@likelihood*/ w[t] ~ categorical(phi[z[t]]);
  for (t in 2 : T)
    /*@likelihood*/ z[t] ~ categorical(theta[z[t - 1]]);
  {
    vector[K] g;
    vector[K] g_new;
    for (k in 1 : K)
      g[k] = log(phi[k, u[1]]);
    for (t in 2 : T_u) {
      for (k in 1 : K) {
        vector[K] acc;
        for (j in 1 : K)
          acc[j] = g[j] + log(theta[j, k]) + log(phi[k, u[t]]);
        g_new[k] = log_sum_exp(acc);
      }
      g = g_new;
    }
    /*@likelihood*/ target += log_sum_exp(g);
  }
}
