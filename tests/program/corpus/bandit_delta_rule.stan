// Two-armed bandit: values updated trial by trial, subjects vary in both parameters.
data {
  int<lower=1> S;
  int<lower=1> T;
  array[S, T] int<lower=1, upper=2> choice;
  array[S, T] real reward;
}
parameters {
  real<lower=0> a1;
  real<lower=0> a2;
  vector<lower=0, upper=1>[S] lr;
  real mu_b;
  real<lower=0> sd_b;
  vector<lower=0>[S] beta;
}
model {
  /*@prior*/ target += gamma_lpdf(a1 | 2, 1) + gamma_lpdf(a2 | 2, 1);
  /*@prior*/ target += normal_lpdf(mu_b | 0, 1) + exponential_lpdf(sd_b | 1);
  /*@population*/ lr ~ beta(a1, a2);
  for (s in 1 : S) {
    vector[2] Q = rep_vector(0.5, 2);
    /*@population*/ log(beta[s]) ~ normal(mu_b, sd_b);
    /*@population*/ target += -log(beta[s]);
    for (t in 1 : T) {
      /*@likelihood*/ choice[s, t] ~ categorical_logit(beta[s] * Q);
      Q[choice[s, t]] += lr[s] * (reward[s, t] - Q[choice[s, t]]);
    }
  }
}
