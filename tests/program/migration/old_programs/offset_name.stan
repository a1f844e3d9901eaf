data { int N; int y[N]; vector[N] offset; }
parameters { real a; real<lower=0, upper=10> upper; }
model { y ~ poisson_log(a + upper + offset); }
