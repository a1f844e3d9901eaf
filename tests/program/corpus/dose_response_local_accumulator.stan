data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> batch;
  vector<lower=0>[N] dose;
  array[N] int<lower=0> n;
  array[N] int<lower=0> killed;
}
transformed data {
  vector[N] ld = log(dose) - mean(log(dose));
}
parameters {
  real a;
  real<lower=0> b;
  vector[J] u;
  real<lower=0> s;
}
model {
  real lp = 0;
  /*@prior*/ lp += normal_lpdf(a | 0, 2);
  /*@prior*/ lp += lognormal_lpdf(b | 0, 1);
  /*@prior*/ lp += exponential_lpdf(s | 1);
  for (j in 1:J)
    /*@population*/ lp += normal_lpdf(u[j] | 0, s);
  for (i in 1:N)
    /*@likelihood*/ lp += binomial_logit_lpmf(killed[i] | n[i], a + u[batch[i]] + b * ld[i]);
  target += lp;
}
