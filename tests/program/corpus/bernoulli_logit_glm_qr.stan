data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] X;
  array[N] int<lower=0, upper=1> switched;
}
transformed data {
  matrix[N, K] Xc;
  matrix[N, K] Q_ast;
  matrix[K, K] R_ast;
  matrix[K, K] R_ast_inverse;
  for (k in 1:K)
    Xc[, k] = X[, k] - mean(X[, k]);
  Q_ast = qr_thin_Q(Xc) * sqrt(N - 1);
  R_ast = qr_thin_R(Xc) / sqrt(N - 1);
  R_ast_inverse = inverse(R_ast);
}
parameters {
  real alpha;
  vector[K] theta;
}
model {
  /*@prior*/ theta ~ normal(0, 1);
  /*@prior*/ alpha ~ student_t(3, 0, 2.5);
  /*@likelihood*/ switched ~ bernoulli_logit_glm(Q_ast, alpha, theta);
}
generated quantities {
  vector[K] beta = R_ast_inverse * theta;
}
