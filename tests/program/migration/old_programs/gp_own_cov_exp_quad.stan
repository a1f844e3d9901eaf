functions {
  matrix cov_exp_quad(vector x, real a) {
    matrix[rows(x), rows(x)] K;
    for (i in 1:rows(x)) for (j in 1:rows(x)) K[i, j] <- a * exp(-square(x[i] - x[j]));
    return K;
  }
}
data { int N; vector[N] x; vector[N] y; }
parameters { real<lower=0> a; }
model { y ~ multi_normal(rep_vector(0, N), cov_exp_quad(x, a) + diag_matrix(rep_vector(0.1, N))); }
