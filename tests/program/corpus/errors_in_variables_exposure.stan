data {
  int<lower=0> N;
  int<lower=1> R;
  array[N, R] real x_meas;
  array[N] int<lower=0, upper=1> y;
  vector[N] w;
}
parameters {
  vector[N] x;
  real mu_x;
  real<lower=0> sigma_x;
  real g_x;
  real g_y;
  real<lower=0> tau;
  real alpha;
  real beta;
}
model {
  // exposure model
  /*@population*/ x ~ normal(mu_x + g_x * w, sigma_x);
  // measurement model
  for (i in 1 : N)
    for (r in 1 : R)
      /*@likelihood*/ x_meas[i, r] ~ normal(x[i], tau);
  // disease model
  /*@likelihood*/ y ~ bernoulli_logit(alpha + beta * x + g_y * w);
  /*@prior*/ [mu_x, alpha, beta, g_x, g_y] ~ normal(0, 2);
  /*@prior*/ [sigma_x, tau] ~ exponential(1);
}
