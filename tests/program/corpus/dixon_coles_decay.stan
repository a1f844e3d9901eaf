functions {
  real log_tau(int x, int y, real lam, real mu, real rho) {
    if (x == 0 && y == 0) return log1m(lam * mu * rho);
    else if (x == 0 && y == 1) return log1p(lam * rho);
    else if (x == 1 && y == 0) return log1p(mu * rho);
    else if (x == 1 && y == 1) return log1m(rho);
    return 0;
  }
}
data {
  int<lower=2> T;
  int<lower=1> G;
  array[G] int<lower=1, upper=T> h;
  array[G] int<lower=1, upper=T> a;
  array[G] int<lower=0> gh;
  array[G] int<lower=0> ga;
  vector<lower=0>[G] days_ago;
  real<lower=0> xi;
}
transformed data {
  vector[G] w = exp(-xi * days_ago);
}
parameters {
  vector[T - 1] att_free;
  vector[T - 1] def_free;
  real home;
  real base;
  real<lower=-0.15, upper=0.15> rho;
  real<lower=0> s_att;
  real<lower=0> s_def;
}
transformed parameters {
  vector[T] att = append_row(att_free, -sum(att_free));
  vector[T] def = append_row(def_free, -sum(def_free));
}
model {
  /*@population*/ att ~ normal(0, s_att);
  /*@population*/ def ~ normal(0, s_def);
  /*@prior*/ s_att ~ gamma(2, 4);
  /*@prior*/ s_def ~ gamma(2, 4);
  /*@prior*/ home ~ normal(0.25, 0.25);
  /*@prior*/ base ~ normal(0, 1);
  for (g in 1 : G) {
    real lam = exp(base + home + att[h[g]] - def[a[g]]);
    real mu = exp(base + att[a[g]] - def[h[g]]);
    /*@likelihood*/ target += w[g] * (poisson_lpmf(gh[g] | lam) + poisson_lpmf(ga[g] | mu)
                      + log_tau(gh[g], ga[g], lam, mu, rho));
  }
}
