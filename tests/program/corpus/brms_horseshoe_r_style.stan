functions {
  // regularised local scales, times the global one
  vector scales_horseshoe(vector lambda, real tau, real c2) {
    int K = rows(lambda);
    vector[K] lambda2 = square(lambda);
    vector[K] lambda_tilde = sqrt(c2 * lambda2 ./ (c2 + tau ^ 2 * lambda2));
    return lambda_tilde * tau;
  }
}
data {
  int<lower=1> N;
  vector[N] Y;
  int<lower=1> K;
  matrix[N, K] X;
  int<lower=1> Kc;
  int<lower=1> Kscales;
  real<lower=0> hs_df;
  real<lower=0> hs_df_global;
  real<lower=0> hs_df_slab;
  real<lower=0> hs_scale_global;
  real<lower=0> hs_scale_slab;
  int prior_only;
}
transformed data {
  matrix[N, Kc] Xc;
  for (i in 2:K) {
    Xc[, i - 1] = X[, i] - mean(X[, i]);
  }
}
parameters {
  vector[Kc] zb;
  real Intercept;
  real<lower=0> hs_global;
  real<lower=0> hs_slab;
  vector<lower=0>[Kscales] hs_local;
  real<lower=0> sigma;
}
transformed parameters {
  vector[Kc] b;
  vector<lower=0>[Kc] sdb;
  vector<lower=0>[Kscales] scales;
  real lprior = 0;
  scales = scales_horseshoe(hs_local, hs_global, hs_scale_slab ^ 2 * hs_slab);
  sdb = scales[1 : Kc];
  b = zb .* sdb;
  lprior += student_t_lpdf(Intercept | 3, 0, 2.5);
  lprior += student_t_lpdf(hs_global | hs_df_global, 0, hs_scale_global)
    - 1 * log(0.5);
  lprior += inv_gamma_lpdf(hs_slab | 0.5 * hs_df_slab, 0.5 * hs_df_slab);
  lprior += student_t_lpdf(sigma | 3, 0, 2.5)
    - 1 * student_t_lccdf(0 | 3, 0, 2.5);
}
model {
  if (!prior_only) {
    /*@likelihood*/ target += normal_id_glm_lpdf(Y | Xc, Intercept, b, sigma);
  }
  /*@prior*/ target += lprior;
  /*@population*/ target += std_normal_lpdf(zb);
  /*@prior*/ target += student_t_lpdf(hs_local | hs_df, 0, 1)
    - rows(hs_local) * log(0.5);
}
