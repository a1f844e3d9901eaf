data { int N; vector[N] x; vector[N] y; }
parameters { real a; real b; real<lower=0> s; }
model {
  /*@prior*/ a ~ normal(0, 5);
  /*@prior*/ b ~ normal(0, 5);
  /*@likelihood*/ target += -N * log(s) - 0.5 * dot_self(y - a - b * x) / square(s);
}
