data {
  int<lower=1> N;
  array[N, 2] real x_meas;
  vector[N] y;
}
parameters {
  vector[N] x;
  real mu_x;
  real<lower=0> sigma_x;
  real<lower=0> tau;
  real alpha;
  real beta;
  real<lower=0> sigma;
}
model {
  /*@population*/ x ~ normal(mu_x, sigma_x);
  for (n in 1:N) {
    /*@likelihood*/ x_meas[n] ~ normal(x[n], tau);
  }
  /*@likelihood*/ y ~ normal(alpha + beta * x, sigma);
  /*@prior*/ mu_x ~ normal(0, 5);
  /*@prior*/ alpha ~ normal(0, 10);
  /*@prior*/ beta ~ normal(0, 10);
  /*@prior*/ sigma_x ~ cauchy(0, 5);
  /*@prior*/ tau ~ cauchy(0, 5);
  /*@prior*/ sigma ~ cauchy(0, 5);
}
