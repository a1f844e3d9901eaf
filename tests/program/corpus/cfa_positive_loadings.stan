// One-factor questionnaire with binary items plus a continuous criterion.
data {
  int<lower=1> N;
  int<lower=2> Q;
  array[N, Q] int<lower=0, upper=1> item;
  vector[N] criterion;
}
parameters {
  vector[N] eta;
  vector[Q] nu;
  vector<lower=0>[Q] lambda;
  real icept;
  real<lower=0> validity;
  real<lower=0> sigma;
}
model {
  /*@population*/ target += std_normal_lpdf(eta);
  /*@prior*/ target += normal_lpdf(nu | 0, 1.5);
  /*@prior*/ target += lognormal_lpdf(lambda | 0, 0.5);
  /*@prior*/ target += normal_lpdf(icept | 0, 5);
  /*@prior*/ target += normal_lpdf(validity | 0, 1);
  /*@prior*/ target += exponential_lpdf(sigma | 1);
  for (n in 1 : N) {
    /*@likelihood*/ target += bernoulli_logit_lpmf(item[n] | nu + lambda * eta[n]);
  }
  /*@likelihood*/ target += normal_lpdf(criterion | icept + validity * eta, sigma);
}
