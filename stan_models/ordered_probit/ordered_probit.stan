// Ordinal regression: C ordered categories, cut points on a latent normal scale
// (cumulative probit). There is no intercept: the cut points hold it.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  int<lower=2> C; // number of categories
  array[N] int<lower=1, upper=C> y;
}
parameters {
  vector[K] beta; // change of the latent mean, in its standard deviations, per unit
  ordered[C - 1] cut; // probit of P(y <= c) where every predictor is 0
}
model {
  beta ~ normal(0, 2.5);
  cut ~ normal(0, 5);
  y ~ ordered_probit(X * beta, cut);
}
generated quantities {
  vector[N] log_lik;
  array[N] int<lower=1, upper=C> y_rep;
  {
    vector[N] eta = X * beta;
    for (n in 1 : N) {
      log_lik[n] = ordered_probit_lpmf(y[n] | eta[n], cut);
      // a category is where a latent variable falls between the cut points
      real latent = normal_rng(eta[n], 1);
      y_rep[n] = 1;
      for (c in cut) {
        y_rep[n] += latent > c;
      }
    }
  }
}
