// Random-effects meta-analysis with moderators: J studies estimate effects that
// differ between studies, in part as the K moderators say. Non-centred, since tau
// is often small and then the effects would lie in a funnel.
data {
  int<lower=1> J;
  int<lower=0> K;
  matrix[J, K] X; // moderators of each study; centre them, and mu is the mean effect
  vector[J] y; // estimated effect in each study
  vector<lower=0>[J] sigma; // its standard error, taken as known
}
parameters {
  real mu; // expected effect where every moderator is 0
  vector[K] beta; // change of the expected effect per unit of each moderator
  real<lower=0> tau; // standard deviation of the effects that moderators leave
  vector[J] theta_raw; // standardised effects
}
transformed parameters {
  vector[J] theta = mu + X * beta + tau * theta_raw; // effect in each study
}
model {
  // for effects on a log scale or in standard deviations: beyond 2 is a surprise
  mu ~ normal(0, 1);
  beta ~ normal(0, 1);
  tau ~ normal(0, 0.5); // a half-normal, as tau > 0
  theta_raw ~ std_normal(); // so theta ~ normal(mu + X * beta, tau)
  y ~ normal(theta, sigma);
}
generated quantities {
  vector[J] log_lik;
  array[J] real y_rep = normal_rng(theta, sigma);
  for (j in 1 : J) {
    log_lik[j] = normal_lpdf(y[j] | theta[j], sigma[j]);
  }
}
