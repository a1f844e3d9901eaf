// A success probability that can only be 1/7, 2/7, ..., 6/7, after y successes
// in n trials. Nothing is continuous here, so there is nothing to optimise or
// to sample: the program lists all six values, and that is the whole answer.
data {
  int<lower=0> n;
  int<lower=0, upper=n> y;
  simplex[6] prior; // probability of each value before the data
}
generated quantities {
  vector[6] theta;
  vector[6] log_lik;
  vector[6] log_prior = log(prior);
  vector[6] posterior;
  for (k in 1 : 6) {
    theta[k] = k / 7.0;
    log_lik[k] = binomial_lpmf(y | n, theta[k]);
  }
  posterior = softmax(log_lik + log_prior);
}
