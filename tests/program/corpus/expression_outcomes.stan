data {
  int<lower=4> N;
  vector[N] x;
  vector<lower=0>[N] y;
  matrix[2, 2] Y;
  array[2] int<lower=1, upper=N> idx;
}
parameters {
  real a;
  real b;
  real<lower=-1, upper=1> phi;
  matrix[2, 2] W;
  real<lower=0> s;
}
model {
  /*@likelihood*/ y - (a + b * x) ~ normal(0, s);
  /*@likelihood*/ (a + b * x - y) / s ~ std_normal();
  /*@likelihood*/ y[2:N] - y[1:(N - 1)] ~ normal(b, s);
  /*@likelihood*/ y[2:] - phi * y[:(N - 1)] ~ normal(a, s);
  /*@likelihood*/ -log(y) ~ normal(-a, s);
  /*@likelihood*/ to_vector(Y) ~ normal(to_vector(W), 1);
  /*@likelihood*/ to_array_1d(Y') ~ normal(a, s);
  /*@likelihood*/ append_row(head(y, 2), segment(x, 2, 2)) ~ double_exponential(a, s);
  /*@likelihood*/ sqrt(y[idx]) .* x[idx] ~ normal(b, s);
  /*@likelihood*/ [y[1], y[2]]' ~ normal([a, b]', s);
  /*@prior*/ [a, b]' ~ normal(0, 5);
  /*@prior*/ a + b ~ normal(0, 1);
  /*@prior*/ (phi + 1) / 2 ~ beta(2, 2);
  /*@prior*/ to_vector(W) ~ normal(0, 2);
  /*@prior*/ square(s) ~ exponential(1);
}
