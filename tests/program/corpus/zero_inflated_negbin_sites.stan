data {
  int<lower=1> N;
  int<lower=1> S;
  array[N] int<lower=1, upper=S> site;
  array[N] int<lower=0> y;
}
parameters {
  real psi;
  vector[S] a;
  real mu_a;
  real<lower=0> sigma_a;
  real<lower=0> phi;
}
model {
  for (n in 1:N) {
    real eta = a[site[n]];
    if (y[n] == 0) {
      /*@likelihood*/ target += log_sum_exp(bernoulli_logit_lpmf(1 | psi),
                                            bernoulli_logit_lpmf(0 | psi) + neg_binomial_2_log_lpmf(y[n] | eta, phi));
    } else {
      /*@likelihood*/ target += bernoulli_logit_lpmf(0 | psi) + neg_binomial_2_log_lpmf(y[n] | eta, phi);
    }
  }
  /*@population*/ a ~ normal(mu_a, sigma_a);
  /*@prior*/ mu_a ~ normal(0, 2);
  /*@prior*/ sigma_a ~ normal(0, 1) T[0, ];
  /*@prior*/ psi ~ logistic(0, 1);
  /*@prior*/ phi ~ gamma(2, 0.1);
}
