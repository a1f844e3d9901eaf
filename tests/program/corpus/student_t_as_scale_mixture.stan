data {
  int<lower=1> n;
  vector[n] x;
  vector[n] y;
}
parameters {
  real a;
  real b;
  real<lower=0> sigma;
  real<lower=2> nu;
  vector<lower=0>[n] w;   // observation weights
}
transformed parameters {
  vector[n] mu = a + b * x;
}
model {
  /*@prior*/ a ~ normal(0, 5);
  /*@prior*/ b ~ normal(0, 5);
  /*@prior*/ sigma ~ normal(0, 2) T[0, ];
  /*@prior*/ (nu - 2) ~ exponential(0.1);
  /*@population*/ w ~ gamma(nu / 2, nu / 2);
  /*@likelihood*/ y ~ normal(mu, sigma ./ sqrt(w));
}
