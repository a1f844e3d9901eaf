functions {
  real gev_lpdf(real y, real mu, real sigma, real xi) {
    real z = (y - mu) / sigma;
    if (abs(xi) < 1e-8)
      return -log(sigma) - z - exp(-z);
    real w = 1 + xi * z;
    if (w <= 0)
      return negative_infinity();
    return -log(sigma) - (1 + 1 / xi) * log(w) - pow(w, -1 / xi);
  }
}
data {
  int<lower=1> S;
  int<lower=1> N;
  array[N] int<lower=1, upper=S> s;
  vector[N] y;
  vector[S] altitude;
}
parameters {
  vector[S] mu;
  real g0;
  real g1;
  real<lower=0> sd_mu;
  real<lower=0> sigma;
  real<lower=-0.5, upper=0.5> xi;
}
model {
  for (n in 1 : N) {
    /*@likelihood*/ target += gev_lpdf(y[n] | mu[s[n]], sigma, xi);
  }
  for (k in 1 : S)
    /*@population*/ mu[k] ~ normal(g0 + g1 * altitude[k], sd_mu);
  /*@prior*/ g0 ~ normal(0, 5);
  /*@prior*/ g1 ~ normal(0, 2);
  /*@prior*/ sd_mu ~ normal(0, 2);
  /*@prior*/ sigma ~ lognormal(0, 1);
  /*@prior*/ xi + 0.5 ~ beta(6, 9);
}
