// Capture and recapture of marked animals in an open population (Cormack, Jolly
// and Seber): survival from one occasion to the next, and the probability to be
// seen. What became of all animals released at one occasion is one multinomial
// outcome (the m-array), so the cost does not depend on the number of animals.
data {
  int<lower=2> T; // intervals between occasions
  array[T] int<lower=0> released; // animals released at each occasion but the last
  // first seen again at the end of interval t, of those released before interval i
  array[T, T] int<lower=0> recaptured;
}
transformed data {
  array[T, T + 1] int outcome; // with those that were never seen again
  for (i in 1 : T) {
    outcome[i, 1 : T] = recaptured[i];
    outcome[i, T + 1] = released[i] - sum(recaptured[i]);
  }
}
parameters {
  vector<lower=0, upper=1>[T] phi; // probability to survive each interval
  real<lower=0, upper=1> p; // probability to be seen at an occasion, if alive
}
transformed parameters {
  array[T] vector[T + 1] cell; // probability of each outcome, for each release
  for (i in 1 : T) {
    real unseen = 1; // alive and not seen again so far
    cell[i] = rep_vector(0, T + 1);
    for (t in i : T) {
      cell[i, t] = unseen * phi[t] * p;
      unseen *= phi[t] * (1 - p);
    }
    cell[i, T + 1] = 1 - sum(cell[i]);
  }
}
model {
  phi ~ beta(1, 1);
  p ~ beta(1, 1);
  for (i in 1 : T) {
    // cells before the release have probability 0 and are left out
    outcome[i, i : T + 1] ~ multinomial(cell[i, i : T + 1]);
  }
}
generated quantities {
  vector[T] log_lik; // of all animals released at one occasion
  array[T, T + 1] int recaptured_rep;
  for (i in 1 : T) {
    log_lik[i] = multinomial_lpmf(outcome[i, i : T + 1] | cell[i, i : T + 1]);
    recaptured_rep[i] = multinomial_rng(cell[i], released[i]);
  }
}
