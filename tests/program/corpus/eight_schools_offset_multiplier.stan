data {
  int<lower=0> J;
  array[J] real y;
  array[J] real<lower=0> sigma;
}
parameters {
  real mu;
  real<lower=0> tau;
  vector<offset=mu, multiplier=tau>[J] theta;
}
model {
  /*@prior*/ mu ~ normal(0, 5);
  /*@prior*/ tau ~ cauchy(0, 5);
  /*@population*/ theta ~ normal(mu, tau);
  /*@likelihood*/ y ~ normal(theta, sigma);
}
