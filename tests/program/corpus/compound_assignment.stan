data {
  int<lower=4> N;
  int<lower=1> K;
  matrix[N, K] X;
  vector[N] y;
  vector<lower=0>[N] w;
  array[2] int<lower=1, upper=N> idx;
  matrix[2, 3] Y;
  vector<lower=0>[K] sd_x;
}
transformed data {
  int half = N %/% 2;
}
parameters {
  real a;
  vector[K] b;
  real<lower=0> s;
}
model {
  vector[N] mu = rep_vector(0, N);
  mu += a;
  mu += X * b;
  mu .*= w;
  mu ./= w;
  mu *= 2;
  mu /= 2;
  mu -= 0.1;
  /*@likelihood*/ y[idx] ~ normal(mu[idx], s);
  /*@likelihood*/ segment(y, 1, half) ~ normal(segment(mu, 1, half), s);
  /*@likelihood*/ y[{2, 4}] ~ normal(mu[{2, 4}], s);
  /*@likelihood*/ Y[1] ~ normal(a, s);
  /*@likelihood*/ Y[ : , 2] ~ normal(a, s);
  /*@likelihood*/ to_vector(Y[{1, 2}, 2 : ]) ~ normal(b[1], s);
  /*@likelihood*/ append_row(head(y, 1), tail(y, 2)) ~ normal(a, 2 * s);
  vector[N] err = y;
  err -= mu;
  err ./= w;
  /*@likelihood*/ err ~ normal(0, s);
  vector[K] scaled = b;
  scaled .*= sd_x;
  /*@prior*/ scaled ~ normal(0, 2.5);
  /*@prior*/ append_row(a, b) ~ normal(0, 10);
  /*@prior*/ sum(b) * mean(w) ~ normal(0, 1);
  /*@prior*/ s ~ cauchy(0, 1);
}
