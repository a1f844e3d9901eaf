data {
  int<lower=1> N;
  vector[N] depth_logged;
  real<lower=0> depth_se;
  vector[N] d18O;
  int<lower=1> S;
  array[N] int<lower=1, upper=S> section;
}
parameters {
  vector[N] depth;
  real intercept;
  real rate;
  vector[S] shift;
  real<lower=0> sd_shift;
  real<lower=0> sigma;
}
model {
  /*@ask*/ depth ~ normal(depth_logged, depth_se);
  /*@prior*/ intercept ~ normal(0, 2);
  /*@prior*/ rate ~ normal(0, 1);
  /*@population*/ shift ~ normal(0, sd_shift);
  /*@prior*/ sd_shift ~ normal(0, 0.5);
  /*@prior*/ sigma ~ normal(0, 1);
  /*@likelihood*/ d18O ~ normal(intercept + rate * depth + shift[section], sigma);
}
