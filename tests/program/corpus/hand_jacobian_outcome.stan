data {
  int<lower=1> N;
  vector<lower=0>[N] y;
  vector<lower=0>[3] y2;
  vector<lower=0, upper=1>[3] p;
}
parameters {
  real mu;
  real<lower=0> s;
  real<lower=0.1> lambda;
  real m2;
  real<lower=0> s2;
}
model {
  /*@likelihood*/ log(y) ~ normal(mu, s);
  /*@likelihood*/ target += -sum(log(y));
  /*@likelihood*/ (y2 ^ lambda - 1) / lambda ~ normal(m2, s2);
  /*@likelihood*/ target += (lambda - 1) * sum(log(y2));
  for (i in 1 : 3) {
    /*@likelihood*/ logit(p[i]) ~ normal(m2, s2);
    /*@likelihood*/ target += -log(p[i]) - log1m(p[i]);
  }
  /*@prior*/ mu ~ normal(0, 2);
  /*@prior*/ m2 ~ normal(0, 2);
  /*@prior*/ lambda ~ lognormal(0, 0.5);
  /*@prior*/ s ~ exponential(1);
  /*@prior*/ s2 ~ exponential(1);
}
