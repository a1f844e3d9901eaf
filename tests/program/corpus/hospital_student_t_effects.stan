data {
  int<lower=1> H;
  array[H] int<lower=0> deaths;
  array[H] int<lower=0> n;
  vector[H] severity;
}
parameters {
  real alpha;
  real beta;
  vector[H] eff;
  real<lower=0> sigma;
  real<lower=2> nu;
}
model {
  /*@prior*/ target += logistic_lpdf(alpha | 0, 1);
  /*@prior*/ target += normal_lpdf(beta | 0, 1);
  /*@population*/ target += student_t_lpdf(eff | nu, 0, sigma);
  /*@prior*/ target += gamma_lpdf(nu | 2, 0.1);
  /*@prior*/ target += normal_lpdf(sigma | 0, 1);
  /*@likelihood*/ target += binomial_logit_lpmf(deaths | n, alpha + beta * severity + eff);
}
