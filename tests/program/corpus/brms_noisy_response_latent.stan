data {
  int<lower=1> N;
  vector[N] Y;
  vector<lower=0>[N] noise;
  int<lower=0> Nme;
  array[Nme] int<lower=1> Jme;
  int<lower=1> K;
  matrix[N, K] X;
  int prior_only;
}
parameters {
  vector[N] Yl;
  vector[K] b;
  real<lower=0> sigma;
}
transformed parameters {
  real lprior = 0;
  lprior += student_t_lpdf(b | 3, 0, 2.5);
  lprior += student_t_lpdf(sigma | 3, 0, 2.5)
    - 1 * student_t_lccdf(0 | 3, 0, 2.5);
}
model {
  if (!prior_only) {
    vector[N] mu = rep_vector(0.0, N);
    mu += X * b;
    /*@population*/ target += normal_lpdf(Yl | mu, sigma);
    /*@likelihood*/ target += normal_lpdf(Y[Jme] | Yl[Jme], noise[Jme]);
  }
  /*@prior*/ target += lprior;
}
