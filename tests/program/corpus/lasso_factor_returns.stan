// Bayesian lasso (Park & Casella): penalty learnt, slopes scaled by the noise.
data {
  int<lower=2> T;
  int<lower=1> F;
  vector[T] excess_ret;
  matrix[T, F] factors;
}
transformed data {
  matrix[T, F] fz;
  for (j in 1 : F) {
    fz[, j] = (factors[, j] - mean(factors[, j])) / sd(factors[, j]);
  }
}
parameters {
  real alpha;
  array[F] real beta;
  real<lower=0> sigma;
  real<lower=0> lambda;
}
model {
  /*@prior*/ alpha ~ normal(0, 5 * sigma);
  for (b in beta) {
    /*@population*/ b ~ double_exponential(0, sigma / lambda);
  }
  /*@prior*/ lambda ~ gamma(1, 0.2);
  /*@prior*/ target += -log(sigma);
  for (t in 1 : T) {
    real m = alpha;
    for (j in 1 : F) {
      m += fz[t, j] * beta[j];
    }
    /*@likelihood*/ excess_ret[t] ~ normal(m, sigma);
  }
}
