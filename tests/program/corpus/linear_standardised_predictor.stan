data {
  int<lower=2> N;
  vector[N] x;
  vector[N] y;
}
transformed data {
  real mx = mean(x);
  real sx = sd(x);
  real my = mean(y);
  real sy = sd(y);
  vector[N] x_std = (x - mx) / sx;
  vector[N] y_std = (y - my) / sy;
}
parameters {
  real alpha_std;
  real beta_std;
  real<lower=0> sigma_std;
}
model {
  /*@prior*/ alpha_std ~ normal(0, 1);
  /*@prior*/ beta_std ~ normal(0, 1);
  /*@prior*/ sigma_std ~ cauchy(0, 2.5) T[0, ];
  for (n in 1:N) {
    /*@likelihood*/ y_std[n] ~ normal(alpha_std + beta_std * x_std[n], sigma_std);
  }
}
generated quantities {
  real alpha = sy * (alpha_std - beta_std * mx / sx) + my;
  real beta = beta_std * sy / sx;
  real<lower=0> sigma = sy * sigma_std;
}
