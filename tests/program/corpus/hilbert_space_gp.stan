functions {
  vector diag_spd_eq(real alpha, real rho, real L, int M) {
    return alpha * sqrt(sqrt(2 * pi()) * rho) * exp(-0.25 * square(rho * pi() / 2 / L * linspaced_vector(M, 1, M)));
  }
  matrix basis(int N, int M, real L, vector x) {
    return sin(diag_post_multiply(rep_matrix(pi() / (2 * L) * (x + L), M), linspaced_vector(M, 1, M))) / sqrt(L);
  }
}
data {
  int<lower=1> N;
  vector[N] x;
  vector[N] y;
  real<lower=0> c;
  int<lower=1> M;
}
transformed data {
  real x_sd = sd(x);
  vector[N] xn = (x - mean(x)) / x_sd;
  vector[N] yn = (y - mean(y)) / sd(y);
  real L = c * max(abs(xn));
  matrix[N, M] PHI = basis(N, M, L, xn);
}
parameters {
  real intercept;
  vector[M] beta_f;
  real<lower=0> lengthscale;
  real<lower=0> sigma_f;
  real<lower=0> sigma;
}
model {
  vector[M] spd = diag_spd_eq(sigma_f, lengthscale, L, M);
  /*@prior*/ intercept ~ normal(0, 0.1);
  /*@population*/ beta_f ~ normal(0, 1);
  /*@prior*/ lengthscale ~ lognormal(0, 0.5);
  /*@prior*/ sigma_f ~ normal(0, 1);
  /*@prior*/ sigma ~ normal(0, 0.5);
  /*@likelihood*/ yn ~ normal(intercept + PHI * (spd .* beta_f), sigma);
}
