data {
  int<lower=0> N_obs;
  int<lower=0> N_mis;
  array[N_obs] int ii_obs;
  array[N_mis] int ii_mis;
  vector[N_obs] linc_obs;
  vector[N_obs + N_mis] educ;
  array[N_obs + N_mis] int<lower=0, upper=1> owns;
}
transformed data {
  int N = N_obs + N_mis;
}
parameters {
  vector[N_mis] linc_mis;
  real g0;
  real g1;
  real<lower=0> s_inc;
  real a;
  real b_inc;
  real b_edu;
}
transformed parameters {
  vector[N] linc;
  linc[ii_obs] = linc_obs;
  linc[ii_mis] = linc_mis;
}
model {
  /*@likelihood*/ linc ~ normal(g0 + g1 * educ, s_inc);
  /*@likelihood*/ owns ~ bernoulli_logit(a + b_inc * linc + b_edu * educ);
  /*@prior*/ [g0, g1] ~ normal(0, 3);
  /*@prior*/ s_inc ~ exponential(1);
  /*@prior*/ a ~ student_t(5, 0, 3);
  /*@prior*/ b_inc ~ student_t(5, 0, 2);
  /*@prior*/ b_edu ~ student_t(5, 0, 2);
}
