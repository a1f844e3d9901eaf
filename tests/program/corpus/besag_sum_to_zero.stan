data {
  int<lower=2> N;
  int<lower=1> N_edges;
  array[2, N_edges] int<lower=1, upper=N> edges;
  array[N] int<lower=0> y;
  array[N] int<lower=1> n;
  int<lower=2> A; // age groups
  array[N] int<lower=1, upper=A> age;
}
parameters {
  real mu;
  sum_to_zero_vector[N] phi;
  real<lower=0> sigma_phi;
  sum_to_zero_vector[A] b_age;
  real<lower=0> sigma_age;
}
model {
  /*@likelihood*/ y ~ binomial_logit(n, mu + sigma_phi * phi + b_age[age]);
  /*@population*/ target += -0.5 * dot_self(phi[edges[1]] - phi[edges[2]]);
  /*@population*/ b_age ~ normal(0, sigma_age);
  /*@prior*/ mu ~ normal(0, 2);
  /*@prior*/ sigma_phi ~ std_normal();
  /*@prior*/ sigma_age ~ std_normal();
}
