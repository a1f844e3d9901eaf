// Binomial mixture for repeated counts, abundance summed out up to N_max.
data {
  int<lower=1> R;
  int<lower=1> T;
  array[R, T] int<lower=0> y;
  vector[R] x;
  int<lower=0> N_max;
}
transformed data {
  array[R] int<lower=0> max_y;
  for (i in 1 : R)
    max_y[i] = max(y[i]);
}
parameters {
  real alpha0;
  real alpha1;
  real<lower=0, upper=1> p;
}
model {
  /*@prior*/ alpha0 ~ normal(1, 1.5);
  /*@prior*/ alpha1 ~ normal(0, 1);
  /*@prior*/ p ~ beta(1, 1);
  for (i in 1 : R) {
    vector[N_max - max_y[i] + 1] lp;
    for (j in 1 : (N_max - max_y[i] + 1)) {
      int n = max_y[i] + j - 1;
      lp[j] = poisson_log_lpmf(n | alpha0 + alpha1 * x[i]) + binomial_lpmf(y[i] | n, p);
    }
    /*@likelihood*/ target += log_sum_exp(lp);
  }
}
