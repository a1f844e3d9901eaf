data {
  int<lower=0> J;
  array[J] int<lower=0> y;
  array[J] int<lower=0> n;
}
parameters {
  real logit_mean;
  real log_size;
}
transformed parameters {
  real<lower=0> size_ = exp(log_size);
  real<lower=0, upper=1> m = inv_logit(logit_mean);
  real<lower=0> a = m * size_;
  real<lower=0> b = (1 - m) * size_;
  /*@adjustment*/ jacobian += log_inv_logit(logit_mean) + log1m_inv_logit(logit_mean) + log_size;
}
model {
  /*@prior*/ m ~ beta(2, 2);
  /*@prior*/ size_ ~ pareto_type_2(0, 10, 1.5);
  /*@likelihood*/ y ~ beta_binomial(n, a, b);
}
