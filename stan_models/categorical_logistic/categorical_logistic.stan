// Multinomial logistic regression: C categories without an order. The first one
// is the reference, whose coefficients are 0: the softmax knows only differences.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  int<lower=2> C; // number of categories
  array[N] int<lower=1, upper=C> y;
}
parameters {
  vector[C - 1] alpha; // log odds of category c + 1 against the first, predictors at 0
  matrix[K, C - 1] beta; // change of these log odds per unit of each predictor
}
model {
  // weakly informative when a unit of each predictor is a notable step
  alpha ~ normal(0, 2.5);
  to_vector(beta) ~ normal(0, 2.5);
  // the same as categorical_logit row by row, only faster
  y ~ categorical_logit_glm(X, append_row(0, alpha), append_col(zeros_vector(K), beta));
}
generated quantities {
  vector[N] log_lik;
  array[N] int<lower=1, upper=C> y_rep;
  {
    matrix[N, C] eta = append_col(zeros_vector(N), X * beta + rep_matrix(alpha', N));
    for (n in 1 : N) {
      log_lik[n] = categorical_logit_lpmf(y[n] | eta[n]');
      y_rep[n] = categorical_logit_rng(eta[n]');
    }
  }
}
