data { int N, J; array[N] int g; vector[N] y; vector[3] y0; }
parameters { real mu; real<lower=0> tau; vector[J] theta; real delta; real<lower=0> s; }
model {
  /*@likelihood*/ y0 ~ normal(mu, s);
  /*@population*/ theta ~ normal(mu, tau);
  /*@prior*/ delta ~ normal(mu, 3 * s);
  /*@likelihood*/ y ~ normal(theta[g] + delta, 1);
  /*@prior*/ mu ~ normal(0, 2);
  /*@prior*/ target += exponential_lpdf(tau | 1) + exponential_lpdf(s | 1);
}
