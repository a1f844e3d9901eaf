data { int N; real y[N]; }
parameters { real mu; real<lower=0> sigma; }
model {
  mu ~ normal(0, 10); sigma ~ cauchy(0, 2.5);
  for (n in 1:N)
    increment_log_prob(log(normal_cdf(y[n] + 0.5, mu, sigma)
      - normal_cdf(y[n] - 0.5, mu, sigma)));
}
