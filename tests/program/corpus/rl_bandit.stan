data {
  int<lower=1> N;
  int<lower=1> T;
  array[N] int<lower=1, upper=T> Tsubj;
  array[N, T] int<lower=-1, upper=2> choice;
  array[N, T] real outcome;
}
transformed data {
  vector[2] initV = rep_vector(0.0, 2);
}
parameters {
  vector[2] mu_pr;
  vector<lower=0>[2] sigma;
  vector[N] A_pr;
  vector[N] tau_pr;
}
transformed parameters {
  vector<lower=0, upper=1>[N] A;
  vector<lower=0, upper=5>[N] tau;
  for (i in 1 : N) {
    A[i] = Phi_approx(mu_pr[1] + sigma[1] * A_pr[i]);
    tau[i] = Phi_approx(mu_pr[2] + sigma[2] * tau_pr[i]) * 5;
  }
}
model {
  /*@prior*/ mu_pr ~ normal(0, 1);
  /*@prior*/ sigma ~ normal(0, 0.2);
  /*@population*/ A_pr ~ normal(0, 1);
  /*@population*/ tau_pr ~ normal(0, 1);
  for (i in 1 : N) {
    vector[2] ev = initV;
    real PE;
    for (t in 1 : (Tsubj[i])) {
      /*@likelihood*/ choice[i, t] ~ categorical_logit(tau[i] * ev);
      PE = outcome[i, t] - ev[choice[i, t]];
      ev[choice[i, t]] += A[i] * PE;
    }
  }
}
generated quantities {
  real<lower=0, upper=1> mu_A = Phi_approx(mu_pr[1]);
  real<lower=0, upper=5> mu_tau = Phi_approx(mu_pr[2]) * 5;
}
