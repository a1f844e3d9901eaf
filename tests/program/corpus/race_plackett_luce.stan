functions {
  // order[r] is the entrant that finished in place r
  real plackett_luce_lpmf(array[] int order, vector strength) {
    int n = size(order);
    vector[n] s = strength[order];
    real out = 0;
    for (r in 1 : (n - 1)) {
      out += s[r] - log_sum_exp(s[r : n]);
    }
    return out;
  }
}
data {
  int<lower=1> n_races;
  int<lower=2> n_drivers;
  int<lower=2> n_teams;
  int<lower=2> grid;
  array[n_races, grid] int<lower=1, upper=n_drivers> finish;
  array[n_races, n_drivers] int<lower=1, upper=n_teams> team;
}
parameters {
  vector[n_drivers] driver;
  vector[n_teams] car;
  real<lower=0> s_driver;
  real<lower=0> s_car;
}
model {
  /*@prior*/ s_driver ~ normal(0, 1);
  /*@prior*/ s_car ~ normal(0, 1);
  /*@population*/ driver ~ normal(0, s_driver);
  /*@population*/ car ~ student_t(4, 0, s_car);
  for (i in 1 : n_races) {
    /*@likelihood*/ finish[i] ~ plackett_luce(driver + car[team[i]]);
  }
}
generated quantities {
  real share_driver = square(s_driver) / (square(s_driver) + square(s_car));
}
