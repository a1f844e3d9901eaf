// Zero-inflated Poisson where all the zeros are collapsed to their number.
data {
  int<lower=1> N;
  array[N] int<lower=0> y;
}
transformed data {
  int N_zero = 0;
  array[N] int y_sorted = sort_desc(y);
  for (n in 1 : N)
    N_zero += y[n] == 0;
}
parameters {
  real<lower=0, upper=1> theta;
  real<lower=0> lambda;
}
model {
  int m = N - N_zero;
  /*@prior*/ theta ~ beta(2, 2);
  /*@prior*/ lambda ~ gamma(2, 0.5);
  /*@likelihood*/ target += N_zero * log_sum_exp(log(theta), log1m(theta) + poisson_lpmf(0 | lambda));
  /*@likelihood*/ target += m * bernoulli_lpmf(0 | theta);
  /*@likelihood*/ target += poisson_lpmf(y_sorted[1 : m] | lambda);
}
