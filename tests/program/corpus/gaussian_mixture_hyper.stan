data {
  int<lower=1> K;
  int<lower=1> N;
  vector[N] y;
}
parameters {
  simplex[K] w;
  ordered[K] mu;
  vector<lower=0>[K] sigma;
  real mu0;
  real<lower=0> tau0;
}
model {
  vector[K] log_w = log(w);
  /*@prior*/ w ~ dirichlet(rep_vector(2, K));
  /*@population*/ mu ~ normal(mu0, tau0);
  /*@prior*/ sigma ~ lognormal(0, 0.7);
  /*@prior*/ mu0 ~ normal(mean(y), 3);
  /*@prior*/ tau0 ~ inv_gamma(3, 6);
  for (n in 1 : N) {
    vector[K] lps = log_w;
    for (k in 1 : K)
      lps[k] += normal_lpdf(y[n] | mu[k], sigma[k]);
    /*@likelihood*/ target += log_sum_exp(lps);
  }
}
