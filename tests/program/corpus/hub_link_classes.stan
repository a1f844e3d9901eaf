// Two classes of nodes told apart by their links to known hubs.
data {
  int<lower=1> N;
  int<lower=1> H;
  array[N, H] int<lower=0, upper=1> link;
}
parameters {
  real<lower=0, upper=1> share;
  matrix<lower=0, upper=1>[2, H] p;
  vector<lower=0>[2] a;
}
model {
  real log_prior = beta_lpdf(share | 2, 2) + gamma_lpdf(a | 2, 1);
  real log_pop = 0;
  vector[N] ll;
  for (c in 1 : 2)
    log_pop += beta_lpdf(p[c] | a[1], a[2]);
  for (i in 1 : N)
    ll[i] = log_mix(share, bernoulli_lpmf(link[i] | p[1]), bernoulli_lpmf(link[i] | p[2]));
  target += /*@prior*/ log_prior + /*@population*/ log_pop + /*@likelihood*/ sum(ll);
}
