// Teratology: litters within dose groups, beta-binomial written with the
// litter probabilities explicit and every change of variables by hand.
data {
  int<lower=1> G;
  int<lower=1> J;
  array[J] int<lower=1, upper=G> dose;
  array[J] int<lower=0> pups;
  array[J] int<lower=0> affected;
}
parameters {
  vector[J] u;
  vector[G] logit_m;
  real log_k;
}
transformed parameters {
  vector[J] theta = inv_logit(u);
  vector[G] m = inv_logit(logit_m);
  real k = exp(log_k);
}
model {
  for (g in 1 : G) {
    /*@prior*/ m[g] ~ beta(1, 3);
    /*@prior*/ target += log(m[g]) + log1m(m[g]);
  }
  /*@prior*/ k ~ gamma(2, 0.1);
  /*@prior*/ target += log_k;
  for (j in 1 : J) {
    /*@population*/ theta[j] ~ beta(m[dose[j]] * k, (1 - m[dose[j]]) * k);
    /*@population*/ target += log(theta[j]) + log1m(theta[j]);
    /*@likelihood*/ affected[j] ~ binomial(pups[j], theta[j]);
  }
}
