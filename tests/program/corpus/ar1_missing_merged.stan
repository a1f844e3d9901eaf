// AR(1) with gaps: observed and missing points are merged into one series.
data {
  int<lower=0> N_obs;
  int<lower=0> N_mis;
  array[N_obs] int<lower=1, upper=N_obs + N_mis> ii_obs;
  array[N_mis] int<lower=1, upper=N_obs + N_mis> ii_mis;
  vector[N_obs] y_obs;
}
transformed data {
  int T = N_obs + N_mis;
}
parameters {
  vector[N_mis] y_mis;
  real alpha;
  real<lower=-1, upper=1> rho;
  real<lower=0> sigma;
}
transformed parameters {
  vector[T] y;
  y[ii_obs] = y_obs;
  y[ii_mis] = y_mis;
}
model {
  /*@prior*/ target += normal_lpdf(alpha | 0, 2);
  /*@prior*/ target += uniform_lpdf(rho | -1, 1);
  /*@prior*/ target += student_t_lpdf(sigma | 3, 0, 2.5) - student_t_lccdf(0 | 3, 0, 2.5);
  /*@likelihood*/ target += normal_lpdf(y[1] | alpha / (1 - rho), sigma / sqrt(1 - square(rho)));
  /*@likelihood*/ target += normal_lupdf(y[2 : T] | alpha + rho * y[1 : (T - 1)], sigma);
}
