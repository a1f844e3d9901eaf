functions {
  vector linkinv_bern(vector eta, int link) {
    if (link == 2)
      return Phi(eta);
    return inv_cloglog(eta);
  }
  void ll_bern_lp(array[] int y, vector eta, int link) {
    if (link == 1)
      target += bernoulli_logit_lpmf(y | eta);
    else
      target += bernoulli_lpmf(y | linkinv_bern(eta, link));
  }
  void beta_prior_lp(vector z_beta, int prior_dist, vector prior_df) {
    if (prior_dist == 1)
      target += normal_lpdf(z_beta | 0, 1);
    else if (prior_dist == 2)
      target += student_t_lpdf(z_beta | prior_df, 0, 1);
  }
}
data {
  int<lower=0> N;
  int<lower=0> K;
  matrix[N, K] X;
  array[N] int<lower=0, upper=1> y;
  int<lower=1, upper=3> link;
  int<lower=0, upper=1> prior_PD;
  int<lower=0, upper=1> has_intercept;
  int<lower=0, upper=2> prior_dist;
  vector<lower=0>[K] prior_scale;
  vector[K] prior_mean;
  vector<lower=0>[K] prior_df;
  real<lower=0> prior_scale_for_intercept;
}
parameters {
  array[has_intercept] real gamma;
  vector[K] z_beta;
}
transformed parameters {
  vector[K] beta = prior_dist == 0 ? z_beta : z_beta .* prior_scale + prior_mean;
}
model {
  if (prior_PD == 0) {
    vector[N] eta = X * beta;
    if (has_intercept == 1)
      eta += gamma[1];
    /*@likelihood*/ ll_bern_lp(y, eta, link);
  }
  /*@prior*/ beta_prior_lp(z_beta, prior_dist, prior_df);
  if (has_intercept == 1)
    /*@prior*/ target += normal_lpdf(gamma[1] | 0, prior_scale_for_intercept);
}
