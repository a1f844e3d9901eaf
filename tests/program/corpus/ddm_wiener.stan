data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> subj;
  vector<lower=0>[N] rt;
  array[N] int<lower=0, upper=1> upper_resp;
  vector[N] coherence;
  vector<lower=0>[J] min_rt;
}
parameters {
  real mu_drift;
  real<lower=0> sd_drift;
  vector[J] drift_pr;
  real mu_lbound;
  real<lower=0> sd_lbound;
  vector[J] lbound;
  vector<lower=0, upper=1>[J] ndt_frac;
  real<lower=0, upper=1> bias;
}
transformed parameters {
  vector[J] drift = mu_drift + sd_drift * drift_pr;
  vector<lower=0>[J] bound = exp(lbound);
  vector<lower=0>[J] ndt = ndt_frac .* min_rt;
}
model {
  /*@prior*/ mu_drift ~ normal(0, 2);
  /*@prior*/ sd_drift ~ normal(0, 1);
  /*@population*/ drift_pr ~ normal(0, 1);
  /*@prior*/ mu_lbound ~ normal(0.3, 0.5);
  /*@prior*/ sd_lbound ~ normal(0, 0.3);
  /*@population*/ lbound ~ normal(mu_lbound, sd_lbound);
  /*@prior*/ ndt_frac ~ beta(2, 2);
  /*@prior*/ bias ~ beta(10, 10);
  for (n in 1 : N) {
    real v = drift[subj[n]] * coherence[n];
    if (upper_resp[n] == 1) {
      /*@likelihood*/ rt[n] ~ wiener(bound[subj[n]], ndt[subj[n]], bias, v);
    } else {
      /*@likelihood*/ rt[n] ~ wiener(bound[subj[n]], ndt[subj[n]], 1 - bias, -v);
    }
  }
}
