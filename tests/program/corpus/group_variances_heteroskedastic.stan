data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> lab;
  vector[N] y;
}
parameters {
  vector[J] mu;
  vector[J] log_sigma;
  real m_ls;
  real<lower=0> s_ls;
}
model {
  vector[J] sigma = exp(log_sigma);
  /*@prior*/ mu ~ normal(10, 5);
  /*@population*/ log_sigma ~ normal(m_ls, s_ls);
  /*@prior*/ m_ls ~ normal(0, 1);
  /*@prior*/ s_ls ~ normal(0, 0.5) T[0, ];
  /*@likelihood*/ y ~ normal(mu[lab], sigma[lab]);
}
