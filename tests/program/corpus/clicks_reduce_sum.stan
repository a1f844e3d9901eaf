functions {
  real partial_sum_lpmf(array[] int slice, int start, int end, array[] int shown,
                         array[] int ad, array[] int site, matrix X, real base,
                         vector b, vector u_ad, vector u_site) {
    return binomial_logit_lupmf(slice | shown[start : end],
                                base + X[start : end] * b + u_ad[ad[start : end]]
                                + u_site[site[start : end]]);
  }
}
data {
  int<lower=1> N;
  int<lower=1> K;
  int<lower=1> A;
  int<lower=1> S;
  array[N] int<lower=0> clicks;
  array[N] int<lower=0> shown;
  array[N] int<lower=1, upper=A> ad;
  array[N] int<lower=1, upper=S> site;
  matrix[N, K] X;
  vector[A] quality_score;
  int<lower=1> grainsize;
}
parameters {
  real base;
  vector[K] b;
  real slope_q;
  real<lower=0> sd_ad;
  real<lower=0> sd_site;
  vector<offset=slope_q * quality_score, multiplier=sd_ad>[A] u_ad;
  vector<multiplier=sd_site>[S] u_site;
}
model {
  /*@prior*/ base ~ normal(-3, 2);
  /*@prior*/ b ~ std_normal();
  /*@prior*/ slope_q ~ normal(0, 0.5);
  /*@prior*/ {sd_ad, sd_site} ~ exponential(2);
  /*@population*/ u_ad ~ normal(slope_q * quality_score, sd_ad);
  /*@population*/ u_site ~ normal(0, sd_site);
  /*@likelihood*/ target += reduce_sum(partial_sum_lupmf, clicks, grainsize, shown, ad, site, X, base, b, u_ad, u_site);
}
