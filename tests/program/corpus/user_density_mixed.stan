functions {
  real hier_lpdf(vector theta, real mu, real tau) {
    return normal_lpdf(theta | mu, tau) + normal_lpdf(mu | 0, 5) + exponential_lpdf(tau | 1);
  }
}
data { int N, J; array[N] int g; vector[N] y; }
parameters { vector[J] theta; real mu; real<lower=0> tau; real<lower=0> s; }
model {
  /*@ask*/ theta ~ hier(mu, tau);
  /*@prior*/ s ~ exponential(1);
  /*@likelihood*/ y ~ normal(theta[g], s);
}
