data {
  int<lower=1> N;
  int<lower=1> C;
  int<lower=1> S;
  array[N] int<lower=1, upper=C> class_id;
  array[C] int<lower=1, upper=S> school_of;
  vector[N] score;
  vector[N] ses;
}
parameters {
  real mu;
  real b_ses;
  vector[S] a_school;
  vector[C] a_class;
  real<lower=0> sd_school;
  real<lower=0> sd_class;
  real<lower=0> sd_pupil;
}
model {
  /*@population*/ a_school ~ normal(mu, sd_school);
  for (c in 1:C)
    /*@population*/ a_class[c] ~ normal(a_school[school_of[c]], sd_class);
  for (n in 1:N) {
    /*@likelihood*/ target += normal_lpdf(score[n] | a_class[class_id[n]] + b_ses * ses[n], sd_pupil);
  }
  /*@prior*/ target += normal_lpdf(mu | 50, 20);
  /*@prior*/ target += normal_lpdf(b_ses | 0, 5);
  /*@prior*/ target += normal_lpdf([sd_school, sd_class, sd_pupil] | 0, 10);
}
