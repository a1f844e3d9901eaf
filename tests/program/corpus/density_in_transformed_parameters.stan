data { int<lower=1> N; vector[N] y; }
parameters { real m; real<lower=0> s; }
transformed parameters {
  real lprior = 0; // b ~ normal(0, 1);
  vector[N] log_lik;
  lprior += normal_lpdf(m | 0, 2);
  lprior += student_t_lpdf(s | 3, 0, 1) - student_t_lccdf(0 | 3, 0, 1);
  for (n in 1 : N) log_lik[n] = normal_lpdf(y[n] | m, s);
}
model {
  /*@prior*/ target += lprior;
  /*@likelihood*/ target += sum(log_lik);
}
generated quantities {
  real total = normal_lpdf(y | m, s);
  real y_new = normal_rng(m, s);
}
