// Ordinal regression: C ordered categories, cut points on a latent logistic scale
// (cumulative logit, proportional odds). There is no intercept: the cut points
// hold it.
data {
  int<lower=1> N;
  int<lower=0> K;
  matrix[N, K] X; // predictors, without a column of ones
  int<lower=2> C; // number of categories
  array[N] int<lower=1, upper=C> y;
}
parameters {
  vector[K] beta; // change of the log odds of a higher category per unit of each predictor
  ordered[C - 1] cut; // logit of P(y <= c) where every predictor is 0
}
model {
  // odds ratios from 1/150 to 150 are within two standard deviations
  beta ~ normal(0, 2.5);
  cut ~ normal(0, 5);
  // the same as y ~ ordered_logistic(X * beta, cut), only faster
  y ~ ordered_logistic_glm(X, beta, cut);
}
generated quantities {
  vector[K] odds_ratio = exp(beta);
  vector[N] log_lik;
  array[N] int<lower=1, upper=C> y_rep;
  {
    vector[N] eta = X * beta;
    for (n in 1 : N) {
      log_lik[n] = ordered_logistic_lpmf(y[n] | eta[n], cut);
      // a category is where a latent variable falls between the cut points
      real latent = logistic_rng(eta[n], 1);
      y_rep[n] = 1;
      for (c in cut) {
        y_rep[n] += latent > c;
      }
    }
  }
}
