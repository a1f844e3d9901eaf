// Steady conduction through a rod: log conductivity from temperature readings.
functions {
  vector solve_rod(vector k, vector source, real left, real right) {
    int M = num_elements(source);
    matrix[M, M] A = rep_matrix(0, M, M);
    vector[M] b = source;
    for (i in 1 : M) {
      A[i, i] = k[i] + k[i + 1];
      if (i > 1)
        A[i, i - 1] = -k[i];
      if (i < M)
        A[i, i + 1] = -k[i + 1];
    }
    b[1] += k[1] * left;
    b[M] += k[M + 1] * right;
    return A \ b;
  }
}
data {
  int<lower=2> M;
  vector[M] source;
  real left;
  real right;
  int<lower=1> N;
  array[N] int<lower=1, upper=M> sensor;
  vector[N] temp;
  matrix[M + 1, M + 1] L_prior; // fixed correlation of the field
}
parameters {
  real mu;
  vector[M + 1] log_k;
  real<lower=0> sigma;
}
model {
  vector[M] u = solve_rod(exp(log_k), source, left, right);
  /*@prior*/ mu ~ normal(0, 1);
  /*@population*/ log_k ~ multi_normal_cholesky(rep_vector(mu, M + 1), L_prior);
  /*@prior*/ sigma ~ inv_gamma(3, 1);
  /*@likelihood*/ temp ~ normal(u[sensor], sigma);
}
