functions {
  real zip_log(int y, real theta, real lambda) {
    if (y == 0)
      return log_sum_exp(bernoulli_log(1, theta), bernoulli_log(0, theta) + poisson_log(0, lambda));
    return bernoulli_log(0, theta) + poisson_log(y, lambda);
  }
  real zip_cdf_log(int y, real theta, real lambda) { return log_mix(theta, 0, poisson_cdf_log(y, lambda)); }
  real zip_ccdf_log(int y, real theta, real lambda) { return log1m_exp(zip_cdf_log(y, theta, lambda)); }
}
data { int N; int y[N]; int cut; }
parameters { real<lower=0,upper=1> theta; real<lower=0> lambda; }
model {
  for (n in 1:N) increment_log_prob(zip_log(y[n], theta, lambda));
  increment_log_prob(zip_ccdf_log(cut, theta, lambda));
}
