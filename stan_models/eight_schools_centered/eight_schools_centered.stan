// Eight schools: effects measured with known standard errors, partially pooled.
// Centred, as the model is written on paper: where tau is small the effects are
// held in a narrow funnel that the sampler enters with difficulty. It stands here
// beside the non-centred form, which is the one to use on data like these.
data {
  int<lower=1> J;
  vector[J] y; // estimated effect in each school
  vector<lower=0>[J] sigma; // its standard error, taken as known
}
parameters {
  real mu; // mean effect in the population of schools
  real<lower=0> tau; // standard deviation of the effects between schools
  vector[J] theta; // effect in each school
}
model {
  mu ~ normal(0, 5);
  tau ~ cauchy(0, 5); // a half-Cauchy, as tau > 0
  theta ~ normal(mu, tau);
  y ~ normal(theta, sigma);
}
generated quantities {
  vector[J] log_lik;
  array[J] real y_rep = normal_rng(theta, sigma);
  for (j in 1 : J) {
    log_lik[j] = normal_lpdf(y[j] | theta[j], sigma[j]);
  }
}
