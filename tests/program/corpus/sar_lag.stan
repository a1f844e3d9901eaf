// Spatial lag model: (I - rho W) y = X beta + e.
data {
  int<lower=1> n;
  int<lower=1> k;
  vector[n] y;
  matrix[n, k] X;
  matrix[n, n] W;
}
transformed data {
  vector[n] Wy = W * y;
  matrix[n, n] I = identity_matrix(n);
}
parameters {
  real<lower=-1, upper=1> rho;
  vector[k] beta;
  real<lower=0> sigma;
}
model {
  vector[n] e = y - rho * Wy - X * beta;
  /*@prior*/ rho ~ normal(0, 0.5);
  /*@prior*/ beta ~ normal(0, 2);
  /*@prior*/ sigma ~ exponential(1);
  /*@likelihood*/ e ~ normal(0, sigma);
  /*@likelihood*/ target += log_determinant(I - rho * W); // Jacobian of y to e
}
