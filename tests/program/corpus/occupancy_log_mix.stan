data {
  int<lower=1> R; // sites
  int<lower=1> J; // visits
  array[R] int<lower=0, upper=J> y; // detections
  vector[R] elev;
}
parameters {
  real a_psi;
  real b_psi;
  real<lower=0, upper=1> p;
}
model {
  vector[R] logit_psi = a_psi + b_psi * elev;
  /*@prior*/ target += normal_lpdf(a_psi | 0, 1.5);
  /*@prior*/ target += normal_lpdf(b_psi | 0, 1);
  /*@prior*/ target += uniform_lpdf(p | 0, 1);
  for (i in 1 : R) {
    if (y[i] > 0) {
      /*@likelihood*/ target += bernoulli_logit_lpmf(1 | logit_psi[i]) + binomial_lpmf(y[i] | J, p);
    } else {
      /*@likelihood*/ target += log_mix(inv_logit(logit_psi[i]), binomial_lpmf(0 | J, p), 0);
    }
  }
}
