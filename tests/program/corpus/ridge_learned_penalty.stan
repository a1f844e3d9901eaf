data {
  int<lower=0> N;
  int<lower=0> K;
  vector[N] y;
  matrix[N, K] X;
}
parameters {
  real alpha;
  vector[K] beta;
  real<lower=0> tau_beta;
  real<lower=0> sigma;
}
model {
  /*@likelihood*/ target += normal_id_glm_lpdf(y | X, alpha, beta, sigma);
  /*@prior*/ target += normal_lpdf(alpha | 0, 10);
  /*@population*/ target += normal_lpdf(beta | 0, tau_beta);
  /*@prior*/ target += cauchy_lpdf(tau_beta | 0, 1) - cauchy_lccdf(0 | 0, 1);
  /*@prior*/ target += student_t_lpdf(sigma | 4, 0, 1) - student_t_lccdf(0 | 4, 0, 1);
}
