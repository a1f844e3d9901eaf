data {
  int<lower=1> N, E;
  array[E] int<lower=1, upper=N> n1, n2;
  array[N] int<lower=0> k;
  vector[N] log_E;
  real<lower=0> scaling;
}
parameters {
  real b0;
  real<lower=0> sigma;
  real<lower=0, upper=1> rho;
  vector[N] theta;
  vector[N] phi;
}
transformed parameters {
  vector[N] both = sqrt(1 - rho) * theta + sqrt(rho / scaling) * phi;
}
model {
  /*@population*/ target += -0.5 * dot_self(phi[n1] - phi[n2]);
  /*@population*/ sum(phi) ~ normal(0, 0.001 * N);
  /*@population*/ theta ~ normal(0, 1);
  /*@prior*/ rho ~ beta(0.5, 0.5);
  /*@prior*/ sigma ~ normal(0, 1);
  /*@prior*/ b0 ~ normal(0, 1);
  /*@likelihood*/ k ~ poisson_log(log_E + b0 + sigma * both);
}
