// Dynamic regression: coefficients follow random walks, written with innovations.
data {
  int<lower=1> T;
  int<lower=1> K;
  matrix[T, K] X;
  vector[T] y;
}
parameters {
  row_vector[K] beta1;
  matrix[T - 1, K] z;
  row_vector<lower=0>[K] tau;
  real<lower=0> sigma;
}
transformed parameters {
  matrix[T, K] beta;
  beta[1] = beta1;
  for (t in 2 : T)
    beta[t] = beta[t - 1] + tau .* z[t - 1];
}
model {
  /*@prior*/ beta1 ~ normal(0, 2);
  /*@population*/ to_vector(z) ~ std_normal();
  /*@prior*/ tau ~ gamma(2, 10);
  /*@prior*/ sigma ~ student_t(3, 0, 1);
  for (t in 1 : T)
    /*@likelihood*/ y[t] ~ normal(dot_product(X[t], beta[t]), sigma);
}
