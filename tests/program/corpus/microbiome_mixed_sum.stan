functions {
  real dm_lpmf(array[] int n, vector a) {
    real a_tot = sum(a);
    vector[size(n)] c = to_vector(n);
    return lgamma(a_tot) - lgamma(sum(c) + a_tot) + sum(lgamma(c + a)) - sum(lgamma(a));
  }
}
data {
  int<lower=1> S;
  int<lower=2> K;
  int<lower=1> M;
  array[S] int<lower=1, upper=M> mouse;
  vector[S] diet;
  array[S, K] int<lower=0> reads;
}
parameters {
  vector[K] base;
  vector[K] effect;
  matrix[K, M] u;
  real<lower=0> tau;
}
model {
  vector[S] ll;
  for (s in 1 : S) {
    vector[K] a = exp(base + effect * diet[s] + u[, mouse[s]]);
    ll[s] = dm_lpmf(reads[s] | a);
  }
  target += /*@likelihood*/ sum(ll)
            + /*@population*/ normal_lpdf(to_vector(u) | 0, tau)
            + /*@prior*/ normal_lpdf(base | 0, 2)
            + /*@prior*/ student_t_lpdf(effect | 4, 0, 1)
            + /*@prior*/ exponential_lpdf(tau | 1);
}
