// Stomach contents: overdispersed multinomial, simplex built by hand.
data {
  int<lower=1> N;
  int<lower=2> K;
  array[N, K] int<lower=0> count;
  vector<lower=0>[K] conc0;
}
parameters {
  vector[K - 1] raw;
  real log_kappa;
}
transformed parameters {
  vector[K] p;
  real kappa = exp(log_kappa);
  {
    real stick = 1;
    for (k in 1 : (K - 1)) {
      real u = raw[k] - log(K - k);
      real v = inv_logit(u);
      p[k] = stick * v;
      /*@adjustment*/ jacobian += log(stick) + log_inv_logit(u) + log1m_inv_logit(u);
      stick -= p[k];
    }
    p[K] = stick;
  }
  /*@adjustment*/ jacobian += log_kappa;
}
model {
  /*@prior*/ p ~ dirichlet(conc0);
  /*@prior*/ kappa ~ gamma(2, 0.05);
  for (n in 1 : N) {
    /*@likelihood*/ count[n] ~ dirichlet_multinomial(kappa * p);
  }
}
