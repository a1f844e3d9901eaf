data {
  int<lower=1> n;
  int<lower=1> p;
  matrix[n, p] X;
  array[n] int<lower=0> y;
  vector[n] log_offset;
  matrix<lower=0, upper=1>[n, n] W;
}
transformed data {
  vector[n] zeros = rep_vector(0, n);
  matrix<lower=0>[n, n] D;
  {
    vector[n] W_rowsums;
    for (i in 1 : n)
      W_rowsums[i] = sum(W[i]);
    D = diag_matrix(W_rowsums);
  }
}
parameters {
  vector[p] beta;
  vector[n] phi;
  real<lower=0> tau;
  real<lower=0, upper=1> alpha;
}
model {
  /*@population*/ phi ~ multi_normal_prec(zeros, tau * (D - alpha * W));
  /*@prior*/ beta ~ normal(0, 1);
  /*@prior*/ tau ~ gamma(2, 2);
  /*@likelihood*/ y ~ poisson_log(X * beta + phi + log_offset);
}
