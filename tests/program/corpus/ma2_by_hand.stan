data {
  int<lower=3> T; // number of observations
  vector[T] y;
}
parameters {
  real mu;
  real<lower=0> sigma;
  vector[2] theta;
}
transformed parameters {
  vector[T] epsilon;
  epsilon[1] = y[1] - mu;
  epsilon[2] = y[2] - mu - theta[1] * epsilon[1];
  for (t in 3 : T) {
    epsilon[t] = y[t] - mu - theta[1] * epsilon[t - 1] - theta[2] * epsilon[t - 2];
  }
}
model {
  /*@prior*/ mu ~ cauchy(0, 2.5);
  /*@prior*/ theta ~ cauchy(0, 2.5);
  /*@prior*/ sigma ~ cauchy(0, 2.5);
  for (t in 3 : T) {
    /*@likelihood*/ y[t] ~ normal(mu + theta[1] * epsilon[t - 1] + theta[2] * epsilon[t - 2], sigma);
  }
}
