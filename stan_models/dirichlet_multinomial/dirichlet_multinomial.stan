// Shares of K categories with a Dirichlet prior, which is conjugate: the
// posterior is dirichlet(a + y), so this is a yardstick for software.
data {
  int<lower=2> K;
  array[K] int<lower=0> y; // count of each category
  vector<lower=0>[K] a; // all 1 is the uniform prior
}
parameters {
  simplex[K] theta; // probability of each category
}
model {
  theta ~ dirichlet(a);
  y ~ multinomial(theta);
}
generated quantities {
  real log_lik = multinomial_lpmf(y | theta);
  array[K] int y_rep = multinomial_rng(theta, sum(y));
}
