data {
  int<lower=1> N;
  array[N] real x;
  array[N] int<lower=1> trials;
  array[N] int<lower=0> y;
}
transformed data {
  real delta = 1e-6;
}
parameters {
  real<lower=0> rho;
  real<lower=0> alpha;
  vector[N] f;
}
model {
  matrix[N, N] K = add_diag(gp_matern32_cov(x, alpha, rho), delta);
  /*@prior*/ rho ~ inv_gamma(4, 4);
  /*@prior*/ alpha ~ normal(0, 1);
  /*@population*/ f ~ multi_normal(rep_vector(0, N), K);
  /*@likelihood*/ y ~ binomial_logit(trials, f);
}
