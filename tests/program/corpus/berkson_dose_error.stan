// True dose scatters about the dial reading; stated as a density of the true dose.
data {
  int<lower=1> N;
  vector[N] dial;
  real<lower=0> tau;
  array[N] int<lower=1> n;
  array[N] int<lower=0> dead;
}
parameters {
  vector[N] dose;
  real a;
  real<lower=0> b;
}
model {
  /*@ask*/ dose ~ normal(dial, tau);
  /*@likelihood*/ dead ~ binomial_logit(n, a + b * dose);
  /*@prior*/ a ~ normal(0, 3);
  /*@prior*/ b ~ normal(0, 2);
}
