functions {
  matrix cov_ard(array[] vector x, real alpha, vector rho, real jitter) {
    int N = size(x);
    matrix[N, N] K;
    for (i in 1 : (N - 1)) {
      K[i, i] = square(alpha) + jitter;
      for (j in (i + 1) : N) {
        K[i, j] = square(alpha) * exp(-0.5 * dot_self((x[i] - x[j]) ./ rho));
        K[j, i] = K[i, j];
      }
    }
    K[N, N] = square(alpha) + jitter;
    return K;
  }
}
data {
  int<lower=1> N;
  int<lower=1> D;
  array[N] vector[D] x;
  vector[N] y;
}
parameters {
  vector<lower=0>[D] rho;
  real<lower=0> alpha;
  real<lower=0> sigma;
  real mu;
}
model {
  matrix[N, N] L = cholesky_decompose(cov_ard(x, alpha, rho, square(sigma)));
  /*@prior*/ rho ~ inv_gamma(5, 5);
  /*@prior*/ alpha ~ std_normal();
  /*@prior*/ sigma ~ std_normal();
  /*@prior*/ mu ~ normal(0, 2);
  /*@likelihood*/ y ~ multi_normal_cholesky(rep_vector(mu, N), L);
}
