data {
  int<lower=1> K;
  vector[K] yi;
  vector<lower=0>[K] vi;       // sampling variances
  vector[K] latitude;
}
transformed data {
  vector[K] lat_c = latitude - mean(latitude);
}
parameters {
  real mu;
  real beta;
  real<lower=0> tau;
}
model {
  /*@prior*/ mu ~ normal(0, 1);
  /*@prior*/ beta ~ normal(0, 0.1);
  /*@prior*/ tau ~ cauchy(0, 0.5) T[0, ];
  /*@likelihood*/ yi ~ normal(mu + beta * lat_c, sqrt(vi + square(tau)));
}
generated quantities {
  real I2 = square(tau) / (square(tau) + mean(vi));
}
