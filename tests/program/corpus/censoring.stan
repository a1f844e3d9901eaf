data {
  int<lower=1> N;
  vector<lower=0>[N] t;
  array[N] int<lower=0, upper=2> event;
  vector<lower=0>[N] since;
  int<lower=0> k_top;
  int<lower=0> n_top;
}
parameters {
  real<lower=0> shape;
  real<lower=0> scale;
  real c;
  real<lower=0> rate;
}
model {
  for (n in 1 : N) {
    if (event[n] == 1)
      /*@likelihood*/ target += weibull_lpdf(t[n] | shape, scale);
    else if (event[n] == 0)
      /*@likelihood*/ target += weibull_lccdf(t[n] | shape, scale);
    else
      /*@likelihood*/ target += log_diff_exp(weibull_lcdf(t[n] | shape, scale), weibull_lcdf(since[n] | shape, scale));
  }
  /*@likelihood*/ target += normal_lcdf(min(t) | c, 1);
  /*@likelihood*/ target += n_top * poisson_lccdf(k_top | rate);
  /*@prior*/ target += normal_lcdf(c | 0, 1);
  /*@prior*/ target += gamma_lpdf(shape | 2, 1) - gamma_lccdf(0.01 | 2, 1);
  /*@prior*/ scale ~ lognormal(0, 1);
  /*@prior*/ rate ~ gamma(2, 1);
}
