data {
  int<lower=1> N, J;
  array[N] int<lower=1, upper=J> g;
  array[N] int<lower=0> k;
  array[2] int<lower=0> trials;
  array[2] int<lower=0> hits;
}
parameters {
  real log_a;
  real<lower=0> b;
  vector[J] log_rate;
  real logit_p;
}
model {
  /*@prior*/ exp(log_a) ~ exponential(1);
  /*@prior*/ target += log_a;
  /*@prior*/ b ~ gamma(2, 1);
  /*@population*/ exp(log_rate) ~ gamma(exp(log_a), b);
  /*@population*/ target += sum(log_rate);
  /*@likelihood*/ k ~ poisson_log(log_rate[g]);
  real p = inv_logit(logit_p);
  /*@prior*/ p ~ beta(2, 3);
  /*@prior*/ target += log(p) + log1m(p);
  /*@likelihood*/ hits ~ binomial(trials, p);
}
