// Single-season occupancy with imperfect detection; z summed out.
data {
  int<lower=1> S;
  int<lower=1> V;
  array[S, V] int<lower=0, upper=1> y;
  vector[S] forest;
  matrix[S, V] rain;
}
transformed data {
  array[S] int<lower=0, upper=1> seen;
  for (s in 1 : S) {
    seen[s] = sum(y[s]) > 0;
  }
}
parameters {
  real a0;
  real a1;
  real b0;
  real b1;
}
transformed parameters {
  vector[S] logit_psi = a0 + a1 * forest;
}
model {
  /*@prior*/ a0 ~ logistic(0, 1);
  /*@prior*/ a1 ~ normal(0, 1.5);
  /*@prior*/ b0 ~ logistic(0, 1);
  /*@prior*/ b1 ~ normal(0, 1.5);
  for (s in 1 : S) {
    vector[V] logit_p = b0 + b1 * to_vector(rain[s]);
    if (seen[s]) {
      /*@likelihood*/ target += log_inv_logit(logit_psi[s])
                + bernoulli_logit_lpmf(y[s] | logit_p);
    } else {
      /*@likelihood*/ target += log_sum_exp(
                  log_inv_logit(logit_psi[s])
                  + bernoulli_logit_lpmf(y[s] | logit_p),
                  log1m_inv_logit(logit_psi[s]));
    }
  }
}
generated quantities {
  real mean_psi = mean(inv_logit(logit_psi));
}
