// AR(2) through its partial autocorrelations, so that it is always stationary.
data {
  int<lower=3> T;
  vector[T] y;
}
parameters {
  real mu;
  vector[2] r_raw;
  real<lower=0> sigma;
}
transformed parameters {
  vector<lower=-1, upper=1>[2] r = tanh(r_raw);
  vector[2] phi;
  /*@adjustment*/ jacobian += sum(log1m(square(r)));
  phi[1] = r[1] * (1 - r[2]);
  phi[2] = r[2];
}
model {
  /*@prior*/ mu ~ normal(0, 5);
  /*@prior*/ (r + 1) / 2 ~ beta(2, 2);
  /*@prior*/ sigma ~ exponential(1);
  {
    real v = square(sigma) / ((1 - square(r[1])) * (1 - square(r[2])));
    /*@likelihood*/ y[1] ~ normal(mu, sqrt(v));
    /*@likelihood*/ y[2] ~ normal(mu + r[1] * (y[1] - mu), sqrt(v * (1 - square(r[1]))));
  }
  for (t in 3 : T)
    /*@likelihood*/ target += normal_lpdf(y[t] | mu + phi[1] * (y[t - 1] - mu) + phi[2] * (y[t - 2] - mu), sigma);
}
