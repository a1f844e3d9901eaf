data {
  int<lower=1> N;
  int<lower=1> P;
  array[N] int<lower=0> y;
  matrix[N, P] X;
  vector[N] offset_;
}
parameters {
  real alpha;
  vector[P] beta;
  real<lower=0> inv_sqrt_phi;
}
transformed parameters {
  real phi = inv_square(inv_sqrt_phi);
}
model {
  /*@prior*/ alpha ~ normal(0, 3);
  /*@prior*/ beta ~ normal(0, 1);
  /*@prior*/ inv_sqrt_phi ~ normal(0, 1);
  /*@likelihood*/ y ~ neg_binomial_2_log_glm(X, alpha + offset_, beta, phi);
}
