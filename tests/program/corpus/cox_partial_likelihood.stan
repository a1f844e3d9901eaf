data {
  int<lower=1> N;
  int<lower=1> K;
  matrix[N, K] X; // rows sorted by falling time
  array[N] int<lower=0, upper=1> event;
}
parameters {
  vector[K] beta;
  real<lower=0> scale;
}
model {
  vector[N] eta = X * beta;
  vector[N] log_risk;
  log_risk[1] = eta[1];
  for (n in 2 : N)
    log_risk[n] = log_sum_exp(log_risk[n - 1], eta[n]);
  for (n in 1 : N)
    if (event[n] == 1)
      /*@likelihood*/ target += eta[n] - log_risk[n];
  /*@population*/ beta ~ double_exponential(0, scale);
  /*@prior*/ scale ~ exponential(1);
}
