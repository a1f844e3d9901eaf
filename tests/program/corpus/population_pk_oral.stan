data {
  int<lower=1> N;
  int<lower=1> S;
  array[N] int<lower=1, upper=S> id;
  vector<lower=0>[N] time;
  vector<lower=0>[N] y;
  vector<lower=0>[S] dose;
  vector<lower=0>[S] wt;
}
parameters {
  vector[3] log_pop; // ka, CL, V
  vector<lower=0>[3] omega;
  cholesky_factor_corr[3] L;
  matrix[3, S] eta_raw;
  real b_wt;
  real<lower=0> sigma;
}
transformed parameters {
  matrix[3, S] eta = diag_pre_multiply(omega, L) * eta_raw;
}
model {
  vector[N] mu;
  for (i in 1 : N) {
    int s = id[i];
    real ka = exp(log_pop[1] + eta[1, s]);
    real CL = exp(log_pop[2] + b_wt * log(wt[s] / 70) + eta[2, s]);
    real V = exp(log_pop[3] + eta[3, s]);
    real k = CL / V;
    mu[i] = dose[s] * ka / (V * (ka - k)) * (exp(-k * time[i]) - exp(-ka * time[i]));
  }
  /*@likelihood*/ y ~ lognormal(log(mu), sigma);
  /*@prior*/ log_pop ~ normal([0.4, 1, 3.5]', 0.5);
  /*@prior*/ b_wt ~ normal(0.75, 0.25);
  /*@prior*/ omega ~ normal(0, 0.5);
  /*@prior*/ L ~ lkj_corr_cholesky(2);
  /*@population*/ to_vector(eta_raw) ~ std_normal();
  /*@prior*/ sigma ~ exponential(2);
}
