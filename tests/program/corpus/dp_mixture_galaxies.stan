data {
  int<lower=1> N;
  int<lower=2> H;
  vector[N] velocity;
}
parameters {
  real<lower=0> alpha;
  vector<lower=0, upper=1>[H - 1] v;
  vector[H] mu;
  real m0;
  real<lower=0> s0;
  vector<lower=0>[H] sigma;
}
transformed parameters {
  simplex[H] w;
  {
    real left = 1;
    for (k in 1 : (H - 1)) {
      w[k] = v[k] * left;
      left *= 1 - v[k];
    }
    w[H] = left;
  }
}
model {
  vector[H] log_w = log(w);
  /*@prior*/ alpha ~ gamma(2, 2);
  /*@population*/ v ~ beta(1, alpha);
  /*@prior*/ m0 ~ normal(20, 10);
  /*@prior*/ s0 ~ cauchy(0, 5);
  /*@population*/ mu ~ normal(m0, s0);
  /*@prior*/ sigma ~ lognormal(0, 0.5);
  for (n in 1 : N) {
    vector[H] lps = log_w;
    for (k in 1 : H) {
      lps[k] += normal_lpdf(velocity[n] | mu[k], sigma[k]);
    }
    /*@likelihood*/ target += log_sum_exp(lps);
  }
}
