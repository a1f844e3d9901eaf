// Colonisation and extinction over seasons, latent states summed out.
functions {
  real dyn_occ_lpmf(array[] int y, int J, real psi1, real gamma, real eps, real p) {
    int T = size(y);
    vector[2] a; // 1 = occupied, 2 = empty
    a[1] = log(psi1) + binomial_lpmf(y[1] | J, p);
    a[2] = y[1] > 0 ? negative_infinity() : log1m(psi1);
    for (t in 2 : T) {
      vector[2] b;
      b[1] = log_sum_exp(a[1] + log1m(eps), a[2] + log(gamma)) + binomial_lpmf(y[t] | J, p);
      b[2] = y[t] > 0 ? negative_infinity() : log_sum_exp(a[1] + log(eps), a[2] + log1m(gamma));
      a = b;
    }
    return log_sum_exp(a);
  }
}
data {
  int<lower=1> R;
  int<lower=1> T;
  int<lower=1> J;
  array[R, T] int<lower=0, upper=J> y;
}
parameters {
  real<lower=0, upper=1> psi1;
  real<lower=0, upper=1> gamma;
  real<lower=0, upper=1> eps;
  vector[R] logit_p;
  real mu_p;
  real<lower=0> sd_p;
}
model {
  /*@prior*/ psi1 ~ beta(1, 1);
  /*@prior*/ [gamma, eps] ~ beta(2, 4);
  /*@population*/ logit_p ~ normal(mu_p, sd_p);
  /*@prior*/ mu_p ~ normal(0, 1.5);
  /*@prior*/ sd_p ~ normal(0, 1);
  for (i in 1 : R)
    /*@likelihood*/ y[i] ~ dyn_occ(J, psi1, gamma, eps, inv_logit(logit_p[i]));
}
