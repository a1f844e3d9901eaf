functions {
  void scale_lp(real s) {
    s ~ exponential(1);
  }
  void scales_lp(real s, real t) {
    scale_lp(s);
    target += exponential_lpdf(t | 1);
  }
  void effects_lp(vector theta, real mu, real tau) {
    for (j in 1 : size(theta)) theta[j] ~ normal(mu, tau);
  }
  void observe_lp(vector y, vector m, real s) {
    real lp = normal_lpdf(y | m, s);
    target += lp;
  }
}
data { int N; int J; array[N] int g; vector[N] y; }
parameters { vector[J] theta; real mu; real<lower=0> tau; real<lower=0> s; }
model {
  /*@prior*/ scales_lp(s, tau);
  /*@population*/ effects_lp(theta, mu, tau);
  if (N > 0) {
    /*@likelihood*/ observe_lp(y, theta[g], s);
  }
  /*@prior*/ target += normal_lpdf(mu | 0, 3);
}
