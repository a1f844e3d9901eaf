data { int N; int y[N]; int n[N]; vector[N] eta; }
parameters { real a; real<lower=0> phi; }
model {
  increment_log_prob(neg_binomial_2_log(y, exp(eta + a), phi));
  increment_log_prob(neg_binomial_2_log_log(y, eta + a, phi));
  increment_log_prob(bernoulli_logit_log(y, eta + a));
  increment_log_prob(binomial_logit_log(y, n, eta + a));
  y ~ neg_binomial_2_log(eta + a, phi);
}
