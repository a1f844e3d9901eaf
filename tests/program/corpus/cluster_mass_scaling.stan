// Luminosity-mass relation of galaxy clusters, both axes with known errors.
data {
  int<lower=1> N;
  vector[N] log_m_hat;
  vector<lower=0>[N] err_m;
  vector[N] log_l_hat;
  vector<lower=0>[N] err_l;
}
parameters {
  vector[N] log_m;
  vector[N] log_l;
  real m_bar;
  real<lower=0> m_spread;
  real alpha;
  real beta;
  real<lower=0> scatter;
}
model {
  // uniform in the angle of the line
  /*@prior*/ target += -1.5 * log1p(square(beta));
  /*@prior*/ target += cauchy_lpdf(scatter | 0, 0.5);
  /*@prior*/ target += normal_lpdf(m_bar | 0, 1) + exponential_lpdf(m_spread | 1);
  /*@population*/ target += normal_lpdf(log_m | m_bar, m_spread);
  /*@population*/ target += normal_lpdf(log_l | alpha + beta * log_m, scatter);
  /*@likelihood*/ target += normal_lpdf(log_m_hat | log_m, err_m);
  /*@likelihood*/ target += normal_lpdf(log_l_hat | log_l, err_l);
}
