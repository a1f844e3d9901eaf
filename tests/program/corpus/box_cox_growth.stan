data {
  int<lower=1> N;
  vector<lower=0>[N] y;
  vector[N] age;
  int<lower=1> P;
  array[N] int<lower=1, upper=P> plot;
}
transformed data {
  real sum_log_y = sum(log(y));
}
parameters {
  real<lower=-2, upper=2> lambda;
  real a;
  real b;
  vector[P] a_plot;
  real<lower=0> sd_plot;
  real<lower=0> sigma;
}
model {
  vector[N] z;
  for (n in 1 : N) {
    z[n] = (y[n] ^ lambda - 1) / lambda;
  }
  /*@prior*/ lambda ~ normal(0.5, 0.5);
  /*@prior*/ a ~ normal(0, 10);
  /*@prior*/ b ~ normal(0, 5);
  /*@population*/ a_plot ~ normal(0, sd_plot);
  /*@prior*/ sd_plot ~ student_t(4, 0, 1);
  /*@prior*/ sigma ~ student_t(4, 0, 1);
  /*@likelihood*/ z ~ normal(a + a_plot[plot] + b * age, sigma);
  // d z / d y
  /*@likelihood*/ target += (lambda - 1) * sum_log_y;
}
generated quantities {
  array[N] real z_rep = normal_rng(a + a_plot[plot] + b * age, sigma);
}
