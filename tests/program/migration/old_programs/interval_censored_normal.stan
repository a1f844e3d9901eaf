data { int N; real lo[N]; real hi[N]; }
parameters { real mu; real<lower=0> sigma; }
model {
  for (n in 1:N)
    increment_log_prob(log_diff_exp(normal_cdf_log(hi[n], mu, sigma), normal_cdf_log(lo[n], mu, sigma)));
}
