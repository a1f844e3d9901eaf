data {
  int<lower=1> N, J;
  array[N] int<lower=1, upper=J> g;
  array[N] int<lower=0> k;
  real<lower=0> power;
}
parameters {
  real log_shape;
  vector[J] log_rate;
  real<lower=0> raw;
}
transformed parameters {
  real<lower=0> shape = exp(log_shape);
  /*@adjustment*/ jacobian += log_shape;
  vector<lower=0>[J] rate;
  for (j in 1 : J) {
    rate[j] = exp(log_rate[j]);
    /*@adjustment*/ jacobian += log_rate[j];
  }
  real<lower=0> mean_rate = raw ^ power;
  if (power != 1)
    /*@adjustment*/ jacobian += log(power) + (power - 1) * log(raw);
}
model {
  /*@prior*/ shape ~ exponential(1);
  /*@prior*/ mean_rate ~ exponential(1);
  /*@population*/ rate ~ gamma(shape, shape / mean_rate);
  /*@likelihood*/ k ~ poisson(rate[g]);
}
