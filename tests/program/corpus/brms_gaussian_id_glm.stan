// generated code, Gaussian family
functions {
}
data {
  int<lower=1> N;  // number of rows
  vector[N] Y;  // response
  int<lower=1> K;  // population-level effects
  matrix[N, K] X;
  int<lower=1> Kc;
  int prior_only;  // 1 to sample from the prior
}
transformed data {
  matrix[N, Kc] Xc;  // centred design without the intercept
  vector[Kc] means_X;
  for (i in 2:K) {
    means_X[i - 1] = mean(X[, i]);
    Xc[, i - 1] = X[, i] - means_X[i - 1];
  }
}
parameters {
  vector[Kc] b;
  real Intercept;
  real<lower=0> sigma;
}
transformed parameters {
  real lprior = 0;
  lprior += normal_lpdf(b | 0, 5);
  lprior += student_t_lpdf(Intercept | 3, 1.1, 2.5);
  lprior += student_t_lpdf(sigma | 3, 0, 2.5)
    - 1 * student_t_lccdf(0 | 3, 0, 2.5);
}
model {
  // likelihood including constants
  if (!prior_only) {
    /*@likelihood*/ target += normal_id_glm_lpdf(Y | Xc, Intercept, b, sigma);
  }
  // priors including constants
  /*@prior*/ target += lprior;
}
generated quantities {
  real b_Intercept = Intercept - dot_product(means_X, b);
}
