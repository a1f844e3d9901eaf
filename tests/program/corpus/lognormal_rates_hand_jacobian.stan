data {
  int<lower=1> A;
  array[A] int<lower=0> cases;
  vector<lower=0>[A] expected;
}
parameters {
  vector<lower=0>[A] rr;
  real mu;
  real<lower=0> tau;
}
model {
  /*@prior*/ mu ~ normal(0, 1);
  /*@prior*/ tau ~ normal(0, 1);
  /*@population*/ log(rr) ~ normal(mu, tau);
  /*@population*/ target += -sum(log(rr));
  /*@likelihood*/ cases ~ poisson(expected .* rr);
}
