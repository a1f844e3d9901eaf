data { int N; vector[N] x; int event[N]; }
parameters { real b; }
model {
  vector[N] eta;
  eta <- x * b;
  b ~ normal(0, 5);
  for (i in 1:N)
    if (event[i] == 1)
      increment_log_prob(eta[i] - log_sum_exp(segment(eta, i, N - i + 1)));
}
