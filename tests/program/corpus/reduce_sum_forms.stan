functions {
  real partial_normal_lpdf(array[] real part, int start, int end, vector mu, real sigma) {
    return normal_lupdf(part | mu[start:end], sigma);
  }
  real partial_counts_lpmf(array[] int part, int start, int end, vector log_rate) {
    return poisson_log_lupmf(part | log_rate[start:end]);
  }
  real partial_index_lpmf(array[] int part, int start, int end, array[] real y, real mu, real sigma) {
    real total = 0;
    for (i in part) total += normal_lpdf(y[i] | mu, sigma);
    return total;
  }
  real partial_effects_lpdf(array[] real part, int start, int end, real m, real tau) {
    return normal_lpdf(part | m, tau);
  }
}
data {
  int<lower=1> N;
  array[N] real y;
  array[N] int<lower=0> k;
  array[N] int<lower=1, upper=N> seq;
  int<lower=1> grainsize;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> g;
}
parameters {
  array[J] real theta;
  real m;
  real<lower=0> tau;
  real<lower=0> sigma;
}
model {
  vector[N] eta = to_vector(theta[g]);
  /*@likelihood*/ target += reduce_sum(partial_normal_lpdf, y, grainsize, eta, sigma);
  /*@likelihood*/ target += reduce_sum(partial_counts_lupmf, k, grainsize, eta);
  /*@likelihood*/ target += reduce_sum(partial_index_lpmf, seq, grainsize, y, theta[1], sigma);
  /*@population*/ target += reduce_sum(partial_effects_lpdf, theta, grainsize, m, tau);
  target += /*@prior*/ normal_lpdf(m | 0, 1) + /*@likelihood*/ reduce_sum(partial_normal_lupdf, y, 2, eta, 2 * sigma) + /*@prior*/ exponential_lpdf(tau | 1);
  /*@prior*/ sigma ~ exponential(1);
}
