data {
  int<lower=0> K;
  int<lower=0> N;
  array[N] int<lower=1, upper=K> player1;
  array[N] int<lower=1, upper=K> player0;
  array[N] int<lower=0, upper=1> y;
}
parameters {
  vector[K] alpha;
  real<lower=0.001> sigma;
}
model {
  /*@prior*/ sigma ~ lognormal(0, 0.5);
  /*@population*/ alpha ~ normal(0, sigma);
  /*@population*/ sum(alpha) ~ normal(0, 0.01 * K);
  /*@likelihood*/ y ~ bernoulli_logit(alpha[player1] - alpha[player0]);
}
generated quantities {
  array[K] int ranked = sort_indices_desc(alpha);
}
