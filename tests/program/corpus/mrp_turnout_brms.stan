// generated with brms 2.1x, weights added by hand
data {
  int<lower=1> N;
  array[N] int Y;
  array[N] int trials;
  vector<lower=0>[N] weights;
  int<lower=1> K;
  matrix[N, K] X;
  int<lower=1> N_1;
  int<lower=1> M_1;
  array[N] int<lower=1> J_1;
  vector[N] Z_1_1;
  int<lower=1> N_2;
  int<lower=1> M_2;
  array[N] int<lower=1> J_2;
  vector[N] Z_2_1;
  int prior_only;
}
transformed data {
  int Kc = K - 1;
  matrix[N, Kc] Xc;
  vector[Kc] means_X;
  for (i in 2 : K) {
    means_X[i - 1] = mean(X[ : , i]);
    Xc[ : , i - 1] = X[ : , i] - means_X[i - 1];
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
  vector[N_1] r_1_1 = sd_1[1] * z_1[1];
  vector[N_2] r_2_1 = sd_2[1] * z_2[1];
}
model {
  if (!prior_only) {
    vector[N] mu = Intercept + Xc * b;
    for (n in 1 : N) {
      mu[n] += r_1_1[J_1[n]] * Z_1_1[n] + r_2_1[J_2[n]] * Z_2_1[n];
    }
    for (n in 1 : N) {
      /*@likelihood*/ target += weights[n] * binomial_logit_lpmf(Y[n] | trials[n], mu[n]);
    }
  }
  /*@prior*/ target += normal_lpdf(b | 0, 2);
  /*@prior*/ target += student_t_lpdf(Intercept | 3, 0, 2.5);
  /*@prior*/ target += student_t_lpdf(sd_1 | 3, 0, 2.5)
            - 1 * student_t_lccdf(0 | 3, 0, 2.5);
  /*@population*/ target += std_normal_lpdf(z_1[1]);
  /*@prior*/ target += student_t_lpdf(sd_2 | 3, 0, 2.5)
            - 1 * student_t_lccdf(0 | 3, 0, 2.5);
  /*@population*/ target += std_normal_lpdf(z_2[1]);
}
generated quantities {
  real b_Intercept = Intercept - dot_product(means_X, b);
}
