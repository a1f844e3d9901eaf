// One compartment with absorption of first order: a drug goes from the gut into
// the blood and out of it. The amounts follow a differential equation, solved
// numerically here as a pattern for equations without a closed solution.
functions {
  vector amounts(real time, vector amount, real absorption, real elimination) {
    real absorbed = absorption * amount[1];
    return [-absorbed, absorbed - elimination * amount[2]]';
  }
}
data {
  int<lower=1> N;
  array[N] real<lower=0> time; // in increasing order, all after the dose
  vector[N] y; // concentration in the blood
  real<lower=0> dose;
}
transformed data {
  vector[2] start = [dose, 0]'; // all of it in the gut
}
parameters {
  real<lower=0> elimination; // rate at which the drug leaves the blood
  // absorption is faster than elimination; with both exchanged, and another
  // volume, the curve would be the same and the posterior would have two modes
  real<lower=elimination> absorption;
  real<lower=0> volume; // of distribution: amount over concentration
  real<lower=0> sigma; // standard deviation of the residuals
}
transformed parameters {
  vector[N] mu; // expected concentration
  {
    array[N] vector[2] amount = ode_rk45_tol(amounts, start, 0, time, 1e-9, 1e-9,
                                             100000, absorption, elimination);
    for (n in 1 : N) {
      mu[n] = amount[n, 2] / volume;
    }
  }
}
model {
  // per hour and in litres per kilogram of body weight: wide for most drugs
  elimination ~ lognormal(log(0.1), 1);
  absorption ~ lognormal(log(1), 1);
  volume ~ lognormal(log(0.5), 1);
  sigma ~ exponential(1);
  y ~ normal(mu, sigma);
}
generated quantities {
  real half_life = log2() / elimination;
  vector[N] log_lik;
  array[N] real y_rep = normal_rng(mu, sigma);
  for (n in 1 : N) {
    log_lik[n] = normal_lpdf(y[n] | mu[n], sigma);
  }
}
