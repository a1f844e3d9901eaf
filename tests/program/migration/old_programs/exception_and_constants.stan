data { int N; real<lower=0> y[N]; }
parameters { real<lower=0> s; }
model {
  if (s < epsilon()) raise_exception("scale is zero");
  y ~ exponential(1 / s);
}
