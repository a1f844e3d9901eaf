functions {
  // Number of repeat purchases x, last one at t_x, observed until T_obs.
  real bgnbd_lpmf(array[] int x, vector t_x, vector T_obs, real r,
                  real alpha, real a, real b) {
    int N = size(x);
    real lp = 0;
    for (i in 1 : N) {
      real A1 = lgamma(r + x[i]) - lgamma(r) + r * log(alpha);
      real A2 = lbeta(a, b + x[i]) - lbeta(a, b);
      real A3 = -(r + x[i]) * log(alpha + T_obs[i]);
      if (x[i] > 0) {
        real A4 = log(a) - log(b + x[i] - 1) - (r + x[i]) * log(alpha + t_x[i]);
        lp += A1 + A2 + log_sum_exp(A3, A4);
      } else {
        lp += A1 + A2 + A3;
      }
    }
    return lp;
  }
}
data {
  int<lower=1> N;
  array[N] int<lower=0> x;
  vector<lower=0>[N] t_x;
  vector<lower=0>[N] T_obs;
}
parameters {
  real<lower=0> r;
  real<lower=0> alpha;
  real<lower=0> a;
  real<lower=0> b;
}
model {
  /*@prior*/ r ~ weibull(2, 1);
  /*@prior*/ alpha ~ weibull(2, 10);
  /*@prior*/ target += -2.5 * log(a + b);
  /*@likelihood*/ x ~ bgnbd(t_x, T_obs, r, alpha, a, b);
}
generated quantities {
  real mean_rate = r / alpha;
}
