data { int N; int J; vector[N] y; vector[N] x; int county[N]; matrix[2,2] W; }
parameters {
  real<lower=0> sigma; real<lower=0> xi_a; real<lower=0> xi_b;
  real mu_a_raw; real mu_b_raw;
  cov_matrix[2] Sigma_b_raw;
  matrix[J, 2] B_raw_temp;
}
transformed parameters {
  vector[2] mu_raw; matrix[J,2] B;
  mu_raw[1] <- mu_a_raw; mu_raw[2] <- mu_b_raw;
  for (j in 1:J) {
    B[j,1] <- xi_a * B_raw_temp[j,1];
    B[j,2] <- xi_b * B_raw_temp[j,2];
  }
}
model {
  Sigma_b_raw ~ inv_wishart(3, W);
  for (j in 1:J) transpose(B_raw_temp[j]) ~ multi_normal(mu_raw, Sigma_b_raw);
  for (i in 1:N) y[i] ~ normal(B[county[i],1] + B[county[i],2] * x[i], sigma);
}
