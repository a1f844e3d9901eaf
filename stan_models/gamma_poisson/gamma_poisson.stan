// A rate of counts with a gamma prior, which is conjugate: the posterior is
// gamma(a + sum(y), b + sum(exposure)), so this is a yardstick for software.
data {
  int<lower=1> N;
  vector<lower=0>[N] exposure; // time or size over which each count was taken
  array[N] int<lower=0> y;
  real<lower=0> a; // as if a events had been seen
  real<lower=0> b; // in an exposure of b
}
parameters {
  real<lower=0> lambda; // expected count per unit of exposure
}
model {
  lambda ~ gamma(a, b);
  y ~ poisson(lambda * exposure);
}
generated quantities {
  vector[N] log_lik;
  array[N] int y_rep = poisson_rng(lambda * exposure);
  for (n in 1 : N) {
    log_lik[n] = poisson_lpmf(y[n] | lambda * exposure[n]);
  }
}
