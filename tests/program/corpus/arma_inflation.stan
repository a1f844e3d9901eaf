data {
  int<lower=3> T;
  vector[T] infl;
  vector[T] gap;
  int<lower=0, upper=1> heavy_tails;
}
parameters {
  real mu;
  real<lower=-1, upper=1> phi;
  real<lower=-1, upper=1> theta;
  real beta;
  real<lower=0> sigma;
  real<lower=2> nu;
}
model {
  vector[T] nu_hat;
  vector[T] err;
  nu_hat[1] = mu + phi * mu;
  err[1] = infl[1] - nu_hat[1];
  for (t in 2 : T) {
    nu_hat[t] = mu + phi * infl[t - 1] + theta * err[t - 1] + beta * gap[t - 1];
    err[t] = infl[t] - nu_hat[t];
  }
  /*@prior*/ mu ~ normal(0, 10);
  /*@prior*/ phi ~ normal(0, 0.5);
  /*@prior*/ theta ~ normal(0, 0.5);
  /*@prior*/ beta ~ normal(0, 2 * sigma);
  /*@prior*/ sigma ~ cauchy(0, 5);
  /*@prior*/ nu ~ gamma(2, 0.1);
  /*@likelihood*/ target += heavy_tails ? student_t_lpdf(err | nu, 0, sigma) : normal_lpdf(err | 0, sigma);
}
