data {
  int<lower=1> T;
  array[T] int<lower=0> rt;
  array[T] int<lower=0> nt;
  array[T] int<lower=0> rc;
  array[T] int<lower=0> nc;
}
parameters {
  real d;
  real<lower=0> sigmasq_delta;
  vector[T] mu;
  vector[T] delta;
  real delta_new;
}
transformed parameters {
  real<lower=0> sigma_delta = sqrt(sigmasq_delta);
}
model {
  /*@likelihood*/ rt ~ binomial_logit(nt, mu + delta);
  /*@likelihood*/ rc ~ binomial_logit(nc, mu);
  /*@population*/ delta ~ student_t(4, d, sigma_delta);
  /*@prior*/ mu ~ normal(0, sqrt(1E5));
  /*@prior*/ d ~ normal(0, 1E3);
  /*@prior*/ sigmasq_delta ~ inv_gamma(1E-3, 1E-3);
  // the next trial's effect
  /*@population*/ delta_new ~ student_t(4, d, sigma_delta);
}
