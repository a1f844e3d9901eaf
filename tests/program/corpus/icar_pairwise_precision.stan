data {
  int<lower=0> N;
  int<lower=0> N_edges;
  array[N_edges] int<lower=1, upper=N> node1;
  array[N_edges] int<lower=1, upper=N> node2;
  array[N] int<lower=0> y;
  vector<lower=0>[N] E;
  vector[N] x;
}
parameters {
  real beta0;
  real beta1;
  vector[N] phi;
  real<lower=0> tau;
}
model {
  /*@likelihood*/ y ~ poisson_log(log(E) + beta0 + beta1 * x + phi);
  /*@prior*/ beta0 ~ normal(0, 5);
  /*@prior*/ beta1 ~ normal(0, 5);
  /*@prior*/ tau ~ gamma(1, 1);
  /*@population*/ target += 0.5 * (N - 1) * log(tau) - 0.5 * tau * dot_self(phi[node1] - phi[node2]);
  // keep the field centred
  /*@ask*/ 0 ~ normal(sum(phi), 0.001 * N);
}
