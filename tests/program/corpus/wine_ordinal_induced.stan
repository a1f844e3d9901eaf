functions {
  real induced_dirichlet_lpdf(vector c, vector alpha, real phi) {
    int K = num_elements(c) + 1;
    vector[K - 1] sigma = inv_logit(phi - c);
    vector[K] p;
    matrix[K, K] J = rep_matrix(0, K, K);
    p[1] = 1 - sigma[1];
    for (k in 2 : (K - 1)) p[k] = sigma[k - 1] - sigma[k];
    p[K] = sigma[K - 1];
    for (k in 1 : K) J[k, 1] = 1;
    for (k in 2 : K) {
      real rho = sigma[k - 1] * (1 - sigma[k - 1]);
      J[k, k] = -rho;
      J[k - 1, k] = rho;
    }
    return dirichlet_lpdf(p | alpha) + log_determinant(J);
  }
}
data {
  int<lower=1> N;
  int<lower=3> K;
  int<lower=2> W;
  int<lower=2> J;
  array[N] int<lower=1, upper=W> wine;
  array[N] int<lower=1, upper=J> judge;
  array[N] int<lower=1, upper=K> score;
}
parameters {
  sum_to_zero_vector[W] quality;
  vector[J] harsh;
  real<lower=0> sd_harsh;
  vector<lower=0>[J] acuity;
  real<lower=0> sd_acuity;
  ordered[K - 1] cut;
}
model {
  /*@prior*/ quality ~ normal(0, 1);
  /*@population*/ harsh ~ normal(0, sd_harsh);
  /*@prior*/ sd_harsh ~ std_normal();
  /*@population*/ acuity ~ lognormal(0, sd_acuity);
  /*@prior*/ sd_acuity ~ normal(0, 0.5);
  /*@prior*/ cut ~ induced_dirichlet(rep_vector(1, K), 0);
  for (n in 1 : N) {
    /*@likelihood*/ target += ordered_logistic_lpmf(score[n] | acuity[judge[n]] * (quality[wine[n]] - harsh[judge[n]]), cut);
  }
}
