data {
  int<lower=1> J; int<lower=1> K; int<lower=1> N;
  int<lower=1,upper=J> jj[N]; int<lower=1,upper=K> kk[N];
  int<lower=0,upper=1> y[N];
}
parameters {
  real delta; real alpha[J]; real beta[K];
  real<lower=0> gamma[K];
  real<lower=0> sigma_beta; real<lower=0> sigma_gamma;
}
model {
  alpha ~ normal(0,1);
  beta ~ normal(0,sigma_beta);
  gamma ~ lognormal(0,sigma_gamma);
  delta ~ cauchy(0,5);
  for (n in 1:N)
    y[n] ~ bernoulli_logit( gamma[kk[n]] * (alpha[jj[n]] - (beta[kk[n]] + delta)) );
}
