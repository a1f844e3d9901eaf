data { int N; int P; matrix[N,P] Y; }
parameters { vector[P] mu[2]; vector<lower=0>[P] sd_; simplex[2] w; }
model {
  for (p in 1:P) { mu[1][p] ~ normal(0, 1); mu[2][p] ~ normal(0, 1); }
  for (n in 1:N) {
    real lps[2];
    for (k in 1:2) lps[k] <- log(w[k]) + normal_log(row(Y, n), to_row_vector(mu[k]), to_row_vector(sd_));
    increment_log_prob(log_sum_exp(lps[1], lps[2]));
  }
}
