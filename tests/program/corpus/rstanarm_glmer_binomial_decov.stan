functions {
  vector make_b(vector z_b, vector theta_L, array[] int l) {
    vector[rows(z_b)] b;
    int mark = 1;
    for (i in 1:size(l)) {
      int end = mark + l[i] - 1;
      b[mark:end] = theta_L[i] * z_b[mark:end];
      mark = end + 1;
    }
    return b;
  }
  void decov_z_lp(vector z_b) {
    target += normal_lpdf(z_b | 0, 1);
  }
  void decov_tau_lp(vector tau, vector shape) {
    target += gamma_lpdf(tau | shape, 1);
  }
}
data {
  int<lower=0> N;
  int<lower=0> K;
  matrix[N, K] X;
  array[N] int<lower=0> y;
  array[N] int<lower=0> trials;
  int<lower=0, upper=1> prior_PD;
  int<lower=1> t;
  array[t] int<lower=1> l;
  int<lower=1> q;
  array[N, t] int<lower=1> v;
  vector<lower=0>[t] shape;
  vector<lower=0>[t] scale;
  vector<lower=0>[K] prior_scale;
  real<lower=0> prior_scale_for_intercept;
}
parameters {
  real gamma;
  vector[K] z_beta;
  vector[q] z_b;
  vector<lower=0>[t] tau;
}
transformed parameters {
  vector[K] beta = z_beta .* prior_scale;
  vector[t] theta_L = tau .* scale;
  vector[q] b = make_b(z_b, theta_L, l);
}
model {
  vector[N] eta = gamma + X * beta;
  for (n in 1:N)
    for (i in 1:t)
      eta[n] += b[v[n, i]];
  if (prior_PD == 0)
    /*@likelihood*/ target += binomial_logit_lpmf(y | trials, eta);
  /*@prior*/ target += normal_lpdf(gamma | 0, prior_scale_for_intercept);
  /*@prior*/ target += normal_lpdf(z_beta | 0, 1);
  /*@population*/ decov_z_lp(z_b);
  /*@prior*/ decov_tau_lp(tau, shape);
}
