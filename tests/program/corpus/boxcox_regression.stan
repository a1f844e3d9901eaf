data {
  int<lower=1> N;
  vector<lower=0>[N] y;
  vector[N] x;
}
transformed data {
  real sum_log_y = sum(log(y));
}
parameters {
  real lambda;
  real alpha;
  real beta;
  real<lower=0> sigma;
}
model {
  vector[N] y_bc;
  for (n in 1:N) {
    if (abs(lambda) < 1e-8)
      y_bc[n] = log(y[n]);
    else
      y_bc[n] = (pow(y[n], lambda) - 1) / lambda;
  }
  /*@prior*/ lambda ~ normal(1, 0.5);
  /*@prior*/ alpha ~ normal(0, 10);
  /*@prior*/ beta ~ normal(0, 10);
  /*@prior*/ sigma ~ cauchy(0, 5);
  /*@likelihood*/ y_bc ~ normal(alpha + beta * x, sigma);
  /*@likelihood*/ target += (lambda - 1) * sum_log_y;
}
