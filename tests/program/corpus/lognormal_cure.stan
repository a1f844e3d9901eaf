// Mixture cure model: a share of the subjects never has the event.
data {
  int<lower=0> N_event;
  int<lower=0> N_cens;
  vector<lower=0>[N_event] t_event;
  vector<lower=0>[N_cens] t_cens;
  vector[N_event] x_event;
  vector[N_cens] x_cens;
}
parameters {
  real a;
  real b;
  real mu;
  real<lower=0> sigma;
}
model {
  vector[N_event] cure_e = inv_logit(a + b * x_event);
  vector[N_cens] cure_c = inv_logit(a + b * x_cens);
  /*@likelihood*/ target += sum(log1m(cure_e)) + lognormal_lpdf(t_event | mu, sigma);
  for (i in 1 : N_cens)
    /*@likelihood*/ target += log_sum_exp(log(cure_c[i]), log1m(cure_c[i]) + lognormal_lccdf(t_cens[i] | mu, sigma));
  /*@prior*/ [a, b] ~ normal(0, 1.5);
  /*@prior*/ mu ~ normal(1, 2);
  /*@prior*/ sigma ~ normal(0, 1) T[0, ];
}
