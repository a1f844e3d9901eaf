functions {
  real gpd_lpdf(vector y, real u, real k, real sigma) {
    int N = num_elements(y);
    return -(1 + inv(k)) * sum(log1p((y - u) * k / sigma)) - N * log(sigma);
  }
}
data {
  int<lower=1> n;
  vector[n] level;
  real u;
}
transformed data {
  int n_exc = 0;
  for (i in 1 : n)
    n_exc += level[i] > u;
  vector[n_exc] exc = head(sort_desc(level), n_exc);
}
parameters {
  real<lower=0> sigma;
  real<lower=0> k;
  real<lower=0, upper=1> zeta;
}
model {
  /*@likelihood*/ exc ~ gpd(u, k, sigma);
  /*@likelihood*/ n_exc ~ binomial(n, zeta);
  /*@prior*/ zeta ~ beta(0.5, 0.5);
  // Jeffreys' prior of the generalised Pareto distribution
  /*@prior*/ target += -log(sigma) - log1p(k) - 0.5 * log1p(2 * k);
}
