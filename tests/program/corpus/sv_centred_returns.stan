data {
  int<lower=0> T; // time points, equally spaced
  vector[T] y; // mean corrected return
}
parameters {
  real mu; // mean log volatility
  real<lower=-1, upper=1> phi; // persistence
  real<lower=0> sigma; // white noise shock scale
  vector[T] h; // log volatility
}
model {
  /*@prior*/ phi ~ uniform(-1, 1);
  /*@prior*/ sigma ~ cauchy(0, 5);
  /*@prior*/ mu ~ cauchy(0, 10);
  /*@population*/ h[1] ~ normal(mu, sigma / sqrt(1 - phi * phi));
  for (t in 2 : T) {
    /*@population*/ h[t] ~ normal(mu + phi * (h[t - 1] - mu), sigma);
  }
  for (t in 1 : T) {
    /*@likelihood*/ y[t] ~ normal(0, exp(h[t] / 2));
  }
}
