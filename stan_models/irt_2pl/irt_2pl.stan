// Item response, two parameters an item: J persons answer K items, right or
// wrong. Abilities have mean 0 and standard deviation 1 in the population, which
// fixes the scale, and discriminations are positive, which fixes its direction.
data {
  int<lower=1> J;
  int<lower=1> K;
  array[J, K] int<lower=0, upper=1> y; // a row a person, a column an item
}
parameters {
  vector<lower=0>[K] discrimination; // slope of the log odds in the ability
  vector[K] alpha; // log odds of a right answer at ability 0
  vector[J] theta; // ability of each person
}
model {
  discrimination ~ lognormal(0, 0.5);
  alpha ~ normal(0, 2);
  theta ~ std_normal();
  for (k in 1 : K) {
    y[ : , k] ~ bernoulli_logit(alpha[k] + discrimination[k] * theta);
  }
}
generated quantities {
  // no log_lik or y_rep: with thousands of answers they would dwarf all else
  vector[K] difficulty = -alpha ./ discrimination; // ability at which half are right
}
