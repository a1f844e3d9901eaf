// Local linear trend; the initial level and slope are separate scalars.
data {
  int<lower=2> n;
  vector[n] y;
}
parameters {
  real mu0;
  real nu0;
  vector[n] mu;
  vector[n] nu;
  real<lower=0> s_obs;
  real<lower=0> s_level;
  real<lower=0> s_slope;
}
model {
  /*@prior*/ mu0 ~ normal(y[1], 5);
  /*@prior*/ nu0 ~ normal(0, 1);
  /*@population*/ target += normal_lupdf(nu[1] | nu0, s_slope);
  /*@population*/ target += normal_lupdf(mu[1] | mu0 + nu0, s_level);
  for (t in 2 : n) {
    /*@population*/ target += normal_lupdf(nu[t] | nu[t - 1], s_slope);
    /*@population*/ target += normal_lupdf(mu[t] | mu[t - 1] + nu[t - 1], s_level);
  }
  /*@likelihood*/ target += normal_lupdf(y | mu, s_obs);
  /*@prior*/ target += student_t_lupdf(s_obs | 4, 0, 1) + student_t_lupdf(s_level | 4, 0, 1)
            + student_t_lupdf(s_slope | 4, 0, 1);
}
