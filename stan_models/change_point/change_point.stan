// Counts whose rate changed once, at an unknown time. The time is discrete, and
// Stan has no discrete parameters: it is summed out, and comes back in the
// generated quantities. Cumulative sums make this linear in the length.
data {
  int<lower=2> N;
  array[N] int<lower=0> y; // in the order of time
  real<lower=0> rate_prior_mean;
}
parameters {
  vector<lower=0>[2] rate; // expected count before and after the change
}
transformed parameters {
  // log probability of the data together with a change after time s
  vector[N - 1] log_joint;
  {
    vector[N] before;
    vector[N] after;
    for (n in 1 : N) {
      before[n] = poisson_lpmf(y[n] | rate[1]);
      after[n] = poisson_lpmf(y[n] | rate[2]);
    }
    // every time is as likely a priori; what is not before the change is after it
    log_joint = head(cumulative_sum(before - after), N - 1) + sum(after)
                - log(N - 1);
  }
}
model {
  rate ~ exponential(1 / rate_prior_mean);
  target += log_sum_exp(log_joint);
}
generated quantities {
  real log_lik = log_sum_exp(log_joint);
  vector[N - 1] probability = softmax(log_joint); // of a change after each time
  int change = categorical_rng(probability); // last time before the change
  array[N] int y_rep;
  for (n in 1 : N) {
    y_rep[n] = poisson_rng(rate[n <= change ? 1 : 2]);
  }
}
