functions {
  real prior_lpdf(real prior, real sd) { return normal_lpdf(prior | 0, sd); }
  real likelihood_lpdf(vector y, vector m, real s) { return normal_lpdf(y | m, s); }
}
data {
  int<lower=0> N;
  vector[N] bw_likelihood;
  real<lower=0> bw_prior;
  int prior_weight;
  array[N] int bw_population;
  int on;
}
parameters {
  real lp;
  real<lower=0> likelihood;
  vector[2] population;
  real<lower=0> target_x;
  real prior;
}
model {
  int bw_prior_ = 1;
  real target_y = prior_lpdf(lp | bw_prior);
  /*@prior*/ target += target_y;
  if (on == 1) { /*@likelihood*/ bw_likelihood ~ likelihood(lp + population[bw_population], likelihood); }
  /*@population*/ population ~ normal(0, target_x);
  /*@prior*/ target_x ~ exponential(bw_prior_);
  /*@prior*/ likelihood ~ exponential(prior_weight);
  /*@prior*/ prior ~ prior(1);
}
