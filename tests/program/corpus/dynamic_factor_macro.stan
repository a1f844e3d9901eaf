data {
  int<lower=2> T;
  int<lower=2> P;
  matrix[T, P] x;
}
parameters {
  vector[T] f;
  real<lower=-1, upper=1> rho;
  real<lower=0> load1;
  vector[P - 1] load_rest;
  vector<lower=0>[P] psi;
}
transformed parameters {
  vector[P] Lambda = append_row(load1, load_rest);
}
model {
  /*@population*/ f[1] ~ normal(0, 1 / sqrt(1 - square(rho)));
  /*@population*/ f[2 : T] ~ normal(rho * f[1 : (T - 1)], 1);
  /*@prior*/ rho ~ uniform(-1, 1);
  /*@prior*/ load1 ~ normal(0.5, 0.5);
  /*@prior*/ load_rest ~ normal(0, 1);
  /*@prior*/ psi ~ inv_gamma(3, 1);
  for (p in 1 : P) {
    /*@likelihood*/ x[, p] ~ normal(Lambda[p] * f, sqrt(psi[p]));
  }
}
