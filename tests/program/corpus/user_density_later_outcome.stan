functions {
  real regression_lpdf(vector beta, vector y, matrix X, real sigma) {
    vector[rows(X)] mu = X * beta;
    return normal_lpdf(y | mu, sigma);
  }
  real choices_lpdf(vector beta, matrix X, array[] int k) {
    return bernoulli_logit_lpmf(k | X * beta);
  }
  real log_lik(vector y, real m, real s) {
    return normal_lpdf(y | m, s);
  }
  real log_prior(vector b, real s) {
    return normal_lpdf(b | 0, 2) + exponential_lpdf(s | 1);
  }
}
data {
  int<lower=1> N, K;
  matrix[N, K] X;
  vector[N] y;
  array[N] int<lower=0, upper=1> k;
}
parameters {
  vector[K] beta;
  vector[K] gam;
  real<lower=0> sigma;
}
model {
  /*@likelihood*/ beta ~ regression(y, X, sigma);
  /*@likelihood*/ target += choices_lpdf(gam | X, k);
  /*@likelihood*/ target += log_lik(y, gam[1], sigma);
  /*@prior*/ target += log_prior(beta, sigma);
  /*@prior*/ gam ~ normal(0, 2);
}
