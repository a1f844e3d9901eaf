data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> county;
  vector[J] u;               // log uranium
  vector[N] floor_measure;
  vector[N] log_radon;
}
parameters {
  vector[J] alpha;
  vector[2] gamma;
  real beta;
  real<lower=0> sigma_alpha;
  real<lower=0> sigma_y;
}
model {
  /*@population*/ alpha ~ normal(gamma[1] + gamma[2] * u, sigma_alpha);
  /*@prior*/ gamma ~ normal(0, 5);
  /*@prior*/ beta ~ normal(0, 5);
  /*@prior*/ sigma_alpha ~ normal(0, 1);
  /*@prior*/ sigma_y ~ normal(0, 1);
  /*@likelihood*/ log_radon ~ normal(alpha[county] + beta * floor_measure, sigma_y);
}
