data {
  int<lower=1> J;
  vector[J] y;
  vector<lower=0>[J] se;
  vector<lower=0, upper=1>[J] w;
}
parameters {
  real mu;
  real<lower=0> tau;
  vector[J] theta_tilde;
}
transformed parameters {
  vector[J] theta;
  for (j in 1:J)
    theta[j] = (1 - w[j]) * mu + pow(tau, 1 - w[j]) * theta_tilde[j];
}
model {
  /*@prior*/ mu ~ normal(0, 2);
  /*@prior*/ tau ~ lognormal(0, 1);
  for (j in 1:J)
    /*@population*/ theta_tilde[j] ~ normal(w[j] * mu, pow(tau, w[j]));
  /*@likelihood*/ y ~ normal(theta, se);
}
