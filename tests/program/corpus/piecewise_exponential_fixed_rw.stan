// Piecewise exponential survival by Poisson; smooth log hazard with a fixed step.
data {
  int<lower=1> N; // subject-interval records
  int<lower=2> J;
  array[N] int<lower=1, upper=J> interval;
  vector<lower=0>[N] exposure;
  array[N] int<lower=0, upper=1> death;
  vector[N] trt;
  real<lower=0> step;
}
parameters {
  vector[J] log_h;
  real beta;
}
model {
  /*@prior*/ log_h[1] ~ normal(-1, 2);
  for (j in 2 : J)
    /*@prior*/ log_h[j] ~ normal(log_h[j - 1], step);
  /*@prior*/ beta ~ normal(0, 1);
  /*@likelihood*/ death ~ poisson(exposure .* exp(log_h[interval] + beta * trt));
}
