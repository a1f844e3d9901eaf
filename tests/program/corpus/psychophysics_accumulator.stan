data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> obs;
  vector[N] contrast;
  array[N] int<lower=0> hits;
  array[N] int<lower=1> reps;
}
parameters {
  vector[J] threshold;
  real mu;
  real<lower=0> tau;
  vector<lower=0>[J] slope;
  real<lower=0, upper=0.2> lapse;
}
model {
  real lp = 0;
  /*@prior*/ lp += normal_lpdf(mu | 0, 2);
  /*@prior*/ lp += cauchy_lpdf(tau | 0, 1);
  /*@prior*/ lp += lognormal_lpdf(slope | 0, 0.5);
  /*@prior*/ lp += beta_lpdf(lapse * 5 | 2, 8);
  for (j in 1 : J) {
    /*@population*/ lp += normal_lpdf(threshold[j] | mu, tau);
  }
  for (n in 1 : N) {
    real d = slope[obs[n]] * (contrast[n] - threshold[obs[n]]);
    real p = 0.5 * lapse + (1 - lapse) * Phi(d);
    /*@likelihood*/ lp += binomial_lpmf(hits[n] | reps[n], p);
  }
  target += lp;
}
