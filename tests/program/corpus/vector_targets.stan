data {
  int<lower=1> N;
  vector[N] y;
  array[N] int<lower=0> k;
}
parameters {
  ordered[2] mu;
  real<lower=0> s;
  real<lower=0, upper=1> w;
  simplex[2] theta;
  real<lower=0> rate;
}
model {
  /*@prior*/ target += -abs(mu);
  vector[N] lp_vec;
  for (n in 1 : N) lp_vec[n] = normal_lpdf(y[n] | mu[1], s);
  /*@likelihood*/ target += lp_vec;
  for (n in 1 : N) {
    /*@likelihood*/ target += log_mix(w, normal_lpdf(y[n] | mu[1], s), normal_lpdf(y[n] | mu[2], s));
    vector[2] ps = log(theta);
    for (j in 1 : 2) ps[j] += normal_lpdf(y[n] | mu[j], s);
    /*@likelihood*/ target += log_sum_exp(ps);
    if (k[n] == 0)
      /*@likelihood*/ target += log_sum_exp(bernoulli_lpmf(1 | w), bernoulli_lpmf(0 | w) + poisson_lpmf(k[n] | rate));
    else
      /*@likelihood*/ target += bernoulli_lpmf(0 | w) + poisson_lpmf(k[n] | rate);
  }
  /*@prior*/ target += {normal_lpdf(mu[1] | 0, 2), normal_lpdf(mu[2] | 0, 2)};
  /*@prior*/ target += -log(s);
  /*@prior*/ theta ~ dirichlet([2, 2]');
  /*@prior*/ target += log_mix(0.5, gamma_lpdf(rate | 2, 1), gamma_lpdf(rate | 20, 10));
}
