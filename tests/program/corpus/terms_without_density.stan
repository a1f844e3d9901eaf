data { int N; vector[N] y; real m0; real<lower=0> s0; }
parameters { real m; real b; real<lower=0> s; }
model {
  /*@likelihood*/ y ~ normal(m, s);
  /*@likelihood*/ target += -0.5 * square((y - b) / s) - log(s);
  /*@prior*/ m ~ normal(m0, s0);
  /*@prior*/ target += -0.5 * square((b - m0) / s0);
  /*@prior*/ target += -2 * log(s);
}
