// Seroprevalence with imperfect tests; several validation studies of the test.
data {
  int<lower=0> y_sample;
  int<lower=0> n_sample;
  int<lower=1> J_spec;
  array[J_spec] int<lower=0> y_spec;
  array[J_spec] int<lower=0> n_spec;
  int<lower=0> y_sens;
  int<lower=0> n_sens;
  real<lower=0> scale_spec;
}
parameters {
  real<lower=0, upper=1> p;
  real mu_logit_spec;
  real<lower=0> sigma_logit_spec;
  vector<offset=mu_logit_spec, multiplier=sigma_logit_spec>[J_spec + 1] logit_spec;
  real<lower=0, upper=1> sens;
}
transformed parameters {
  vector[J_spec + 1] spec = inv_logit(logit_spec);
  // the last specificity belongs to the new survey
  real p_sample = p * sens + (1 - p) * (1 - spec[J_spec + 1]);
}
model {
  /*@likelihood*/ y_sample ~ binomial(n_sample, p_sample);
  /*@likelihood*/ y_spec ~ binomial(n_spec, spec[1 : J_spec]);
  /*@likelihood*/ y_sens ~ binomial(n_sens, sens);
  /*@population*/ logit_spec ~ normal(mu_logit_spec, sigma_logit_spec);
  /*@prior*/ sigma_logit_spec ~ normal(0, scale_spec);
  /*@prior*/ mu_logit_spec ~ normal(4, 2);
  /*@prior*/ sens ~ beta(8, 2);
}
