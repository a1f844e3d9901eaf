data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> rat;
  vector[N] week;
  vector[N] weight;
}
transformed data {
  matrix[2, 2] S = diag_matrix([200.0, 0.2]');
}
parameters {
  array[J] vector[2] ab;
  vector[2] mu_ab;
  cov_matrix[2] Sigma;
  real<lower=0> sigma;
}
model {
  /*@prior*/ Sigma ~ inv_wishart(3, S);
  /*@prior*/ mu_ab ~ normal(0, 100);
  /*@prior*/ sigma ~ inv_gamma(0.001, 0.001);
  for (j in 1:J)
    /*@population*/ ab[j] ~ multi_normal(mu_ab, Sigma);
  for (i in 1:N)
    /*@likelihood*/ weight[i] ~ normal(ab[rat[i], 1] + ab[rat[i], 2] * week[i], sigma);
}
