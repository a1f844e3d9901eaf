// Certification of a reference material: labs differ in bias and precision.
data {
  int<lower=2> L;
  int<lower=1> N;
  array[N] int<lower=1, upper=L> lab;
  vector[N] assay;
  real mu_guess;
  real<lower=0> mu_guess_sd;
}
parameters {
  real mu;
  vector[L] bias;
  real<lower=0> sd_bias;
  vector<lower=0>[L] sd_lab;
  real log_sd_typical;
  real<lower=0> sd_spread;
}
model {
  /*@prior*/ mu ~ normal(mu_guess, mu_guess_sd);
  for (l in 1 : L) {
    /*@population*/ bias[l] ~ normal(0, sd_bias);
    /*@population*/ sd_lab[l] ~ lognormal(log_sd_typical, sd_spread);
  }
  /*@population*/ sum(bias) ~ normal(0, 0.001 * L);
  /*@prior*/ sd_bias ~ cauchy(0, 1);
  /*@prior*/ log_sd_typical ~ normal(-1, 1);
  /*@prior*/ sd_spread ~ normal(0, 0.5);
  for (n in 1 : N) {
    /*@likelihood*/ assay[n] ~ normal(mu + bias[lab[n]], sd_lab[lab[n]]);
  }
}
