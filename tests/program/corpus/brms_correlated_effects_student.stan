functions {
  // scale and correlate standard normal effects
  matrix scale_r_cor(matrix z, vector SD, matrix L) {
    return transpose(diag_pre_multiply(SD, L) * z);
  }
  // link that keeps nu above one
  real logm1(real y) {
    return log(y - 1.0);
  }
}
data {
  int<lower=1> N;
  vector[N] Y;
  int<lower=1> N_1;
  int<lower=1> M_1;
  array[N] int<lower=1> J_1;
  vector[N] Z_1_1;
  vector[N] Z_1_2;
  int<lower=1> NC_1;
  int prior_only;
}
parameters {
  real Intercept;
  real b_x;
  real<lower=0> sigma;
  real<lower=1> nu;
  vector<lower=0>[M_1] sd_1;
  matrix[M_1, N_1] z_1;
  cholesky_factor_corr[M_1] L_1;
}
transformed parameters {
  matrix[N_1, M_1] r_1;
  vector[N_1] r_1_1;
  vector[N_1] r_1_2;
  r_1 = scale_r_cor(z_1, sd_1, L_1);
  r_1_1 = r_1[, 1];
  r_1_2 = r_1[, 2];
}
model {
  vector[N] mu = Intercept + b_x * Z_1_2;
  for (n in 1:N) {
    mu[n] += r_1_1[J_1[n]] * Z_1_1[n] + r_1_2[J_1[n]] * Z_1_2[n];
  }
  // priors
  /*@prior*/ target += student_t_lpdf(Intercept | 3, 0, 10);
  /*@prior*/ target += normal_lpdf(b_x | 0, 2);
  /*@prior*/ target += student_t_lpdf(sigma | 3, 0, 2.5)
    - 1 * student_t_lccdf(0 | 3, 0, 2.5);
  /*@prior*/ target += gamma_lpdf(nu | 2, 0.1)
    - 1 * gamma_lccdf(1 | 2, 0.1);
  /*@prior*/ target += student_t_lpdf(sd_1 | 3, 0, 2.5)
    - 2 * student_t_lccdf(0 | 3, 0, 2.5);
  /*@population*/ target += std_normal_lpdf(to_vector(z_1));
  /*@prior*/ target += lkj_corr_cholesky_lpdf(L_1 | 1);
  // likelihood
  if (!prior_only) {
    /*@likelihood*/ target += student_t_lpdf(Y | nu, mu, sigma);
  }
}
generated quantities {
  corr_matrix[M_1] Cor_1 = multiply_lower_tri_self_transpose(L_1);
  vector<lower=-1, upper=1>[NC_1] cor_1;
  for (k in 1:M_1) {
    for (j in 1:(k - 1)) {
      cor_1[choose(k - 1, 2) + j] = Cor_1[j, k];
    }
  }
}
