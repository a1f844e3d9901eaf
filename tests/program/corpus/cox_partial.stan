// Cox regression through the partial likelihood; subjects sorted by
// decreasing time, so the risk set of i is 1:i (no ties).
data {
  int<lower=1> N;
  int<lower=1> P;
  matrix[N, P] X;
  array[N] int<lower=0, upper=1> died;
}
transformed data {
  matrix[N, P] Xs;
  for (p in 1 : P) {
    Xs[, p] = (X[, p] - mean(X[, p])) / sd(X[, p]);
  }
}
parameters {
  vector[P] beta;
}
transformed parameters {
  vector[N] eta = Xs * beta;
}
model {
  /*@prior*/ beta ~ normal(0, 1);
  for (i in 1 : N) {
    if (died[i] == 1) {
      /*@likelihood*/ target += eta[i] - log_sum_exp(eta[1 : i]);
    }
  }
}
generated quantities {
  vector[P] hazard_ratio = exp(beta);
}
