data { int N, K; matrix[N, K] X; vector[N] y; }
parameters { vector[K] beta; vector<lower=0>[K] lambda; real<lower=0> tau; real<lower=0> sigma; }
model {
  /*@population*/ beta ~ normal(0, tau * lambda);
  /*@prior*/ lambda ~ cauchy(0, 1);
  /*@prior*/ tau ~ cauchy(0, 1);
  /*@prior*/ sigma ~ exponential(1);
  /*@likelihood*/ y ~ normal(X * beta, sigma);
}
