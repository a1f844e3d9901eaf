data {
  int<lower=1> N;
  array[N] int Y;
  int<lower=1> K;
  matrix[N, K] X;
  int<lower=1> Kc;
  // group-level terms of ID 1
  int<lower=1> N_1;
  int<lower=1> M_1;
  array[N] int<lower=1> J_1;
  vector[N] Z_1_1;
  // group-level terms of ID 2
  int<lower=1> N_2;
  int<lower=1> M_2;
  array[N] int<lower=1> J_2;
  vector[N] Z_2_1;
  int prior_only;
}
transformed data {
  matrix[N, Kc] Xc;
  vector[Kc] means_X;
  for (i in 2:K) {
    means_X[i - 1] = mean(X[, i]);
    Xc[, i - 1] = X[, i] - means_X[i - 1];
  }
}
parameters {
  vector[Kc] b;
  real Intercept;
  vector<lower=0>[M_1] sd_1;
  array[M_1] vector[N_1] z_1;
  vector<lower=0>[M_2] sd_2;
  array[M_2] vector[N_2] z_2;
}
transformed parameters {
  vector[N_1] r_1_1;
  vector[N_2] r_2_1;
  real lprior = 0;
  r_1_1 = (sd_1[1] * (z_1[1]));
  r_2_1 = (sd_2[1] * (z_2[1]));
  lprior += normal_lpdf(b | 0, 1);
  lprior += student_t_lpdf(Intercept | 3, 1.4, 2.5);
  lprior += cauchy_lpdf(sd_1 | 0, 1)
    - 1 * cauchy_lccdf(0 | 0, 1);
  lprior += cauchy_lpdf(sd_2 | 0, 1)
    - 1 * cauchy_lccdf(0 | 0, 1);
}
model {
  if (!prior_only) {
    vector[N] mu = rep_vector(0.0, N);
    mu += Intercept;
    for (n in 1:N) {
      mu[n] += r_1_1[J_1[n]] * Z_1_1[n] + r_2_1[J_2[n]] * Z_2_1[n];
    }
    /*@likelihood*/ target += poisson_log_glm_lpmf(Y | Xc, mu, b);
  }
  /*@prior*/ target += lprior;
  /*@population*/ target += std_normal_lpdf(z_1[1]);
  /*@population*/ target += std_normal_lpdf(z_2[1]);
}
