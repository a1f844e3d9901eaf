data { int<lower=1> N; int<lower=1> T; int<lower=1,upper=T> Tsubj[N]; int<lower=-1,upper=2> choice[N, T]; real outcome[N, T]; }
transformed data { vector[2] initV; initV = rep_vector(0.0, 2); }
parameters { vector[2] mu_pr; vector<lower=0>[2] sigma; vector[N] A_pr; vector[N] tau_pr; }
transformed parameters {
  vector<lower=0,upper=1>[N] A;
  vector<lower=0,upper=5>[N] tau;
  for (i in 1:N) {
    A[i]   = Phi_approx(mu_pr[1]  + sigma[1]  * A_pr[i]);
    tau[i] = Phi_approx(mu_pr[2] + sigma[2] * tau_pr[i]) * 5;
  }
}
model {
  mu_pr  ~ normal(0, 1); sigma ~ normal(0, 0.2); A_pr ~ normal(0, 1); tau_pr ~ normal(0, 1);
  for (i in 1:N) {
    vector[2] ev; real PE;
    ev = initV;
    for (t in 1:(Tsubj[i])) {
      choice[i,t] ~ categorical_logit( tau[i] * ev );
      PE = outcome[i,t] - ev[choice[i,t]];
      ev[choice[i,t]] += A[i] * PE;
    }
  }
}
generated quantities {
  real log_lik[N];
  real y_pred[N, T];
  for (i in 1:N) { for (t in 1:T) { y_pred[i,t] = -1; } log_lik[i] = 0; }
}
