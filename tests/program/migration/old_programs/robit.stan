data { int<lower=0> N; vector[N] x; int<lower=0,upper=1> y[N]; }
parameters { real alpha; real beta; real<lower=1> df; }
model {
  real p;
  for (i in 1:N) {
    p <- student_t_cdf(alpha + beta * x[i], df, 0, sqrt((df - 2) / df));
    y[i] ~ bernoulli(p);
  }
}
