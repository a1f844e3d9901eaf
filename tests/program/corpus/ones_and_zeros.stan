data { int<lower=1> M, T; array[M] int<lower=0> seen; }
parameters { real<lower=0, upper=1> psi; real<lower=0, upper=1> p; real<lower=0> extra; }
model {
  /*@prior*/ psi ~ beta(1, 1);
  /*@prior*/ p ~ beta(1, 1);
  /*@prior*/ extra ~ exponential(1);
  for (m in 1 : M) {
    if (seen[m] > 0) {
      /*@likelihood*/ 1 ~ bernoulli(psi);
      /*@likelihood*/ seen[m] ~ binomial(T, p);
    } else {
      /*@likelihood*/ target += log_sum_exp(bernoulli_lpmf(1 | psi) + binomial_lpmf(0 | T, p), bernoulli_lpmf(0 | psi));
    }
  }
  /*@likelihood*/ 0 ~ poisson(extra * (1 - p));
}
