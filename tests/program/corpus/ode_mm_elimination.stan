functions {
  vector mm(real t, vector c, real vmax, real km) {
    return -vmax * c / (km + c[1]);
  }
}
data {
  int<lower=1> N;
  array[N] real<lower=0> ts;
  vector<lower=0>[N] c_obs;
  real<lower=0> c0_nominal;
}
parameters {
  real<lower=0> vmax;
  real<lower=0> km;
  real<lower=0> c0;
  real<lower=0> s_add;
  real<lower=0> s_prop;
}
model {
  array[N] vector[1] c = ode_rk45(mm, [c0]', 0.0, ts, vmax, km);
  vector[N] pred;
  for (n in 1 : N) {
    pred[n] = c[n, 1];
  }
  /*@prior*/ vmax ~ lognormal(0, 1);
  /*@prior*/ km ~ lognormal(0, 1);
  /*@prior*/ c0 ~ lognormal(log(c0_nominal), 0.1);
  /*@prior*/ s_add ~ normal(0, 0.2);
  /*@prior*/ s_prop ~ normal(0, 0.2);
  /*@likelihood*/ c_obs ~ normal(pred, sqrt(square(s_add) + square(s_prop * pred)));
}
