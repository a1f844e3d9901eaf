// Stochastic volatility: the logarithm of the variance of returns is an
// autoregression of order 1. The log variances are written one after the other, as
// a chain, so that they can be integrated out one after the other as well.
data {
  int<lower=1> N;
  vector[N] y; // returns with mean 0, in per cent, in the order of time
}
parameters {
  real mu; // mean of the log variance
  real<lower=-1, upper=1> phi; // persistence of the log variance
  real<lower=0> tau; // standard deviation of one step of the log variance
  vector[N] h; // log variance of each return
}
model {
  mu ~ normal(0, 2);
  (phi + 1) / 2 ~ beta(20, 1.5); // markets forget slowly: mean of phi 0.86
  tau ~ exponential(5);
  // the first is drawn from the stationary distribution
  h[1] ~ normal(mu, tau / sqrt(1 - square(phi)));
  h[2 : N] ~ normal(mu + phi * (h[1 : N - 1] - mu), tau);
  y ~ normal(0, exp(h / 2));
}
generated quantities {
  vector[N] log_lik; // given the volatility
  array[N] real y_rep;
  for (n in 1 : N) {
    log_lik[n] = normal_lpdf(y[n] | 0, exp(h[n] / 2));
    y_rep[n] = normal_rng(0, exp(h[n] / 2));
  }
}
