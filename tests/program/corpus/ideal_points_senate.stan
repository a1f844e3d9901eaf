data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=1> N;
  array[N] int<lower=1, upper=I> senator;
  array[N] int<lower=1, upper=J> bill;
  array[N] int<lower=0, upper=1> yea;
  array[I] int<lower=1, upper=2> party;
}
parameters {
  vector[I] theta;
  ordered[2] party_mean;
  real<lower=0> party_sd;
  vector[J] disc;
  vector[J] diff;
  real mu_diff;
  real<lower=0> sd_diff;
}
model {
  /*@prior*/ party_mean ~ normal(0, 1);
  /*@prior*/ party_sd ~ exponential(2);
  for (i in 1 : I)
    /*@population*/ theta[i] ~ normal(party_mean[party[i]], party_sd);
  /*@prior*/ disc ~ normal(0, 2.5);
  /*@population*/ diff ~ normal(mu_diff, sd_diff);
  /*@prior*/ mu_diff ~ normal(0, 2);
  /*@prior*/ sd_diff ~ cauchy(0, 2);
  for (n in 1 : N)
    /*@likelihood*/ yea[n] ~ bernoulli_logit(disc[bill[n]] * theta[senator[n]] - diff[bill[n]]);
}
