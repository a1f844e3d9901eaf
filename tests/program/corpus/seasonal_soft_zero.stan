data {
  int<lower=1> T;
  int<lower=2> S;
  array[T] int<lower=1, upper=S> season;
  vector[T] log_visitors;
}
parameters {
  real level0;
  real growth;
  vector[S] seas;
  real<lower=0> sigma;
}
model {
  for (t in 1 : T) {
    /*@likelihood*/ log_visitors[t] ~ normal(level0 + growth * t + seas[season[t]], sigma);
  }
  for (s in 1 : S) {
    /*@prior*/ seas[s] ~ normal(0, 1);
  }
  // identifies the level
  /*@ask*/ 0 ~ normal(sum(seas), 0.01);
  /*@prior*/ level0 ~ normal(mean(log_visitors), 5);
  /*@prior*/ growth ~ normal(0, 0.1);
  /*@prior*/ sigma ~ inv_gamma(2, 0.5);
}
