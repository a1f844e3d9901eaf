// Probit regression of a yes/no outcome on K predictors.
functions {
  // log P(y) for P(y = 1) = Phi(eta). As 1 - Phi(x) = Phi(-x), only one tail is
  // needed: the lower one, which keeps its digits where 1 - Phi(x) has none left
  real probit_lpmf(array[] int y, vector eta) {
    vector[size(y)] sign_y = 2 * to_vector(y) - 1; // -1 or 1
    return sum(log(Phi(sign_y .* eta)));
  }
}
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  array[N] int<lower=0, upper=1> y;
}
parameters {
  real alpha; // probit of P(y = 1) where every predictor is 0
  vector[K] beta; // change of the probit per unit of each predictor
}
model {
  // weakly informative when a unit of each predictor is a notable step
  alpha ~ normal(0, 2.5);
  beta ~ normal(0, 2.5);
  y ~ probit(alpha + X * beta); // y ~ bernoulli(Phi(alpha + X * beta)), far out too
}
generated quantities {
  vector[N] log_lik;
  array[N] int<lower=0, upper=1> y_rep;
  {
    vector[N] eta = alpha + X * beta;
    for (n in 1 : N) {
      log_lik[n] = probit_lpmf({y[n]} | eta[n : n]);
    }
    y_rep = bernoulli_rng(Phi(eta));
  }
}
