data {
  int<lower=1> N;
  int<lower=1> A;
  int<lower=1> B;
  array[N] int<lower=1, upper=A> row;
  array[N] int<lower=1, upper=B> col;
  vector[N] yield_;
}
parameters {
  real mu;
  vector[A] a;
  vector[B] b;
  matrix[A, B] ab;
  real<lower=0> sd_a;
  real<lower=0> sd_b;
  real<lower=0> sd_ab;
  real<lower=0> sd_y;
}
model {
  /*@prior*/ mu ~ normal(20, 10);
  /*@population*/ a ~ normal(0, sd_a);
  /*@population*/ b ~ normal(0, sd_b);
  /*@population*/ to_vector(ab) ~ normal(0, sd_ab);
  /*@prior*/ {sd_a, sd_b, sd_ab} ~ cauchy(0, 5);
  /*@prior*/ sd_y ~ cauchy(0, 5);
  for (n in 1:N)
    /*@likelihood*/ yield_[n] ~ normal(mu + a[row[n]] + b[col[n]] + ab[row[n], col[n]], sd_y);
}
generated quantities {
  real s_a = sd(a);
  real s_b = sd(b);
}
