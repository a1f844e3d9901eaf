data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> g;
  vector[N] x;
  vector[N] y;
}
parameters {
  real mu_a;
  real mu_b;
  real<lower=0> tau_a;
  real<lower=0> tau_b;
  vector[J] a_dev;
  vector[J] b_ratio;
  real<lower=0> sigma;
}
model {
  vector[J] a = mu_a + a_dev;
  vector[J] b = tau_b * b_ratio;
  /*@prior*/ mu_a ~ normal(0, 5);
  /*@prior*/ mu_b ~ normal(0, 5);
  /*@prior*/ tau_a ~ student_t(4, 0, 1);
  /*@prior*/ tau_b ~ student_t(4, 0, 1);
  /*@prior*/ sigma ~ student_t(4, 0, 1);
  /*@population*/ a_dev ~ normal(0, tau_a);
  /*@population*/ b_ratio ~ normal(mu_b / tau_b, 1);
  /*@likelihood*/ y ~ normal(a[g] + b[g] .* x, sigma);
}
