functions {
  vector shard(vector phi, vector theta, data array[] real x_r, data array[] int x_i) {
    int m = x_i[1];
    real lp = normal_lpdf(x_r[1:m] | theta[1], phi[1]);
    return [lp]';
  }
}
data {
  int<lower=1> S, n;
  array[S, n] real x_r;
  array[S, 1] int<lower=1, upper=n> x_i;
}
parameters {
  real<lower=0> sigma;
  real mu;
  real<lower=0> tau;
  array[S] vector[1] theta;
}
model {
  /*@likelihood*/ target += sum(map_rect(shard, [sigma]', theta, x_r, x_i));
  for (s in 1 : S) /*@population*/ theta[s] ~ normal(mu, tau);
  /*@prior*/ mu ~ normal(0, 2);
  /*@prior*/ tau ~ exponential(1);
  /*@prior*/ sigma ~ exponential(1);
}
