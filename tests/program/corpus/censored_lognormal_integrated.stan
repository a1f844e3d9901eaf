data {
  int<lower=0> N;
  int<lower=0> N_nd;                     // non-detects
  vector<lower=0>[N] conc;
  vector<lower=0>[N_nd] limit;
  vector[N] depth;
  vector[N_nd] depth_nd;
}
transformed data {
  vector[N] log_conc = log(conc);
}
parameters {
  real a;
  real b;
  real<lower=0> sigma;
}
model {
  /*@prior*/ target += normal_lpdf(a | 0, 3);
  /*@prior*/ target += normal_lpdf(b | 0, 3);
  /*@prior*/ target += normal_lpdf(sigma | 0, 2) - normal_lccdf(0 | 0, 2);
  /*@likelihood*/ target += normal_lpdf(log_conc | a + b * depth, sigma);
  for (i in 1:N_nd)
    /*@likelihood*/ target += normal_lcdf(log(limit[i]) | a + b * depth_nd[i], sigma);
}
