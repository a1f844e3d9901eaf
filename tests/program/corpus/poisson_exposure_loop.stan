data {
  int<lower=1> N;
  array[N] int<lower=0> claims;
  vector<lower=0>[N] exposure;
  vector[N] age;
  array[N] int<lower=0, upper=1> urban;
}
transformed data {
  vector[N] log_exposure = log(exposure);
}
parameters {
  real b0;
  real b_age;
  real b_urban;
}
model {
  /*@prior*/ target += normal_lupdf(b0 | 0, 5);
  /*@prior*/ target += normal_lupdf(b_age | 0, 1);
  /*@prior*/ target += normal_lupdf(b_urban | 0, 1);
  for (i in 1:N) {
    real eta = log_exposure[i] + b0 + b_age * age[i];
    if (urban[i] == 1)
      eta += b_urban;
    /*@likelihood*/ target += poisson_log_lupmf(claims[i] | eta);
  }
}
generated quantities {
  array[N] int claims_rep;
  for (i in 1:N)
    claims_rep[i] = poisson_log_rng(log_exposure[i] + b0 + b_age * age[i] + b_urban * urban[i]);
}
