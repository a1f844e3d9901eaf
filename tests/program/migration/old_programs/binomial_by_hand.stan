data { int N; int n; int k[N]; }
parameters { real<lower=0,upper=1> p; }
model {
  for (i in 1:N)
    increment_log_prob(binomial_coefficient_log(n, k[i]) + multiply_log(k[i], p) + multiply_log(n - k[i], 1 - p));
}
