data {
  int<lower=0> N;
  vector<lower=0, upper=1>[N] share;
  vector[N] x;
  vector[N] z;
}
parameters {
  vector[2] beta;
  vector[2] delta;
}
transformed parameters {
  vector<lower=0, upper=1>[N] mu = inv_logit(beta[1] + beta[2] * x);
  vector<lower=0>[N] kappa = exp(delta[1] + delta[2] * z);
}
model {
  /*@prior*/ target += normal_lpdf(beta | 0, 1.5);
  /*@prior*/ target += normal_lpdf(delta[1] | 2, 1);
  /*@prior*/ target += std_normal_lpdf(delta[2]);
  /*@likelihood*/ target += beta_proportion_lpdf(share | mu, kappa);
}
