// Source counts of X-ray point sources; fluxes follow a Pareto law above a known limit.
data {
  int<lower=1> N;
  real<lower=0> flux_min;
  array[N] int<lower=0> src_counts;
  array[N] int<lower=0> bkg_counts;
  vector<lower=0>[N] exposure;
  vector<lower=0>[N] area_ratio;
  real<lower=0> gain_nominal;
  real<lower=0> gain_tol;
}
parameters {
  vector<lower=flux_min>[N] flux;
  real<lower=0> slope;
  vector<lower=0>[N] bkg;
  real<lower=0> bkg_shape;
  real<lower=0> bkg_rate;
  real<lower=0> gain;
}
transformed parameters {
  vector[N] expected = exposure .* (gain * flux + bkg);
}
model {
  /*@prior*/ gain ~ lognormal(log(gain_nominal), gain_tol);
  /*@prior*/ slope ~ lognormal(log(1.5), 0.3);
  /*@prior*/ bkg_shape ~ gamma(2, 1);
  /*@prior*/ bkg_rate ~ gamma(2, 1);
  for (n in 1 : N) {
    /*@population*/ flux[n] ~ pareto(flux_min, slope);
    /*@population*/ bkg[n] ~ gamma(bkg_shape, bkg_rate);
    /*@likelihood*/ bkg_counts[n] ~ poisson(exposure[n] * area_ratio[n] * bkg[n]);
    /*@likelihood*/ src_counts[n] ~ poisson(expected[n]);
  }
}
