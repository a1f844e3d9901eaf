data {
  int<lower=1> N;
  int<lower=1> T;
  array[N, T] real<lower=0> gain;
  array[N, T] real<lower=0> loss;
  array[N, T] real cert;
  array[N, T] int<lower=0, upper=1> gamble;
}
parameters {
  vector[3] mu_pr;
  vector<lower=0>[3] sigma;
  vector[N] rho_pr;
  vector[N] lambda_pr;
  vector[N] tau_pr;
}
transformed parameters {
  vector<lower=0, upper=2>[N] rho = Phi_approx(mu_pr[1] + sigma[1] * rho_pr) * 2;
  vector<lower=0, upper=5>[N] lambda = Phi_approx(mu_pr[2] + sigma[2] * lambda_pr) * 5;
  vector<lower=0>[N] tau = exp(mu_pr[3] + sigma[3] * tau_pr);
}
model {
  /*@prior*/ mu_pr ~ normal(0, 1.0);
  /*@prior*/ sigma ~ normal(0, 0.2);
  /*@population*/ rho_pr ~ normal(0, 1.0);
  /*@population*/ lambda_pr ~ normal(0, 1.0);
  /*@population*/ tau_pr ~ normal(0, 1.0);
  for (i in 1 : N) {
    for (t in 1 : T) {
      real ev_sure = cert[i, t] > 0 ? pow(cert[i, t], rho[i]) : 0;
      real ev_gamble = 0.5 * (pow(gain[i, t], rho[i]) - lambda[i] * pow(loss[i, t], rho[i]));
      /*@likelihood*/ gamble[i, t] ~ bernoulli(inv_logit(tau[i] * (ev_gamble - ev_sure)));
    }
  }
}
