data {
  int<lower=1> N;
  vector[N] Y;
  int<lower=1> Ks;
  matrix[N, Ks] Xs;
  int nb_1;
  array[nb_1] int knots_1;
  matrix[N, knots_1[1]] Zs_1_1;
  int<lower=1> K_sigma;
  matrix[N, K_sigma] X_sigma;
  int prior_only;
}
parameters {
  real Intercept;
  vector[Ks] bs;
  vector[knots_1[1]] zs_1_1;
  vector<lower=0>[nb_1] sds_1;
  vector[K_sigma] b_sigma;
  real Intercept_sigma;
}
transformed parameters {
  vector[knots_1[1]] s_1_1;
  real lprior = 0;
  s_1_1 = sds_1[1] * zs_1_1;
  lprior += student_t_lpdf(Intercept | 3, 0, 2.5);
  lprior += normal_lpdf(bs | 0, 5);
  lprior += student_t_lpdf(sds_1 | 3, 0, 2.5) - 1 * student_t_lccdf(0 | 3, 0, 2.5);
  lprior += normal_lpdf(b_sigma | 0, 1);
  lprior += student_t_lpdf(Intercept_sigma | 3, 0, 2.5);
}
model {
  if (!prior_only) {
    vector[N] mu = rep_vector(0.0, N);
    vector[N] sigma = rep_vector(0.0, N);
    mu += Intercept + Xs * bs + Zs_1_1 * s_1_1;
    sigma += Intercept_sigma + X_sigma * b_sigma;
    sigma = exp(sigma);
    /*@likelihood*/ target += normal_lpdf(Y | mu, sigma);
  }
  /*@prior*/ target += lprior;
  /*@population*/ target += std_normal_lpdf(zs_1_1);
}
