data {
  int<lower=1> N;
  int<lower=1> S;
  array[N] int<lower=1, upper=S> subj;
  array[N] int<lower=0, upper=1> hit_top;
  vector<lower=0>[N] rt;
  array[N] real coherence;
  real<lower=0> min_rt;
}
parameters {
  vector[S] drift;
  real mu_drift;
  real<lower=0> sd_drift;
  real<lower=0> a;
  real<lower=0, upper=1> z;
  real<lower=0, upper=min_rt> t0;
}
model {
  /*@prior*/ mu_drift ~ normal(1, 2);
  /*@prior*/ sd_drift ~ normal(0, 1);
  /*@population*/ drift ~ normal(mu_drift, sd_drift);
  /*@prior*/ a ~ gamma(4, 3);
  /*@prior*/ z ~ beta(5, 5);
  /*@prior*/ t0 ~ uniform(0, min_rt);
  for (n in 1 : N) {
    real v = drift[subj[n]] * coherence[n];
    if (hit_top[n] == 1)
      /*@likelihood*/ rt[n] ~ wiener(a, t0, z, v);
    else
      /*@likelihood*/ rt[n] ~ wiener(a, t0, 1 - z, -v);
  }
}
