functions {
  tuple(real, real) split(real centre, real half) {
    return (centre - half, centre + half);
  }
}
data { int<lower=1> N; vector[N] y; array[2] tuple(int, real) pairs; }
parameters { real m; real<lower=0> s; real d; }
model {
  real lo;
  real hi;
  (lo, hi) = split(m, d);
  /*@likelihood*/ y ~ normal(hi, s);
  /*@prior*/ lo ~ normal(0, 2);
  tuple(real, vector[N]) both = (m, y);
  /*@prior*/ both.1 ~ normal(0, 1);
  /*@likelihood*/ both.2 ~ normal(both.1, s);
  for (p in pairs)
    /*@likelihood*/ p.2 ~ normal(p.1 * m, s);
  complex z = to_complex(m, d);
  /*@prior*/ get_real(z) ~ normal(0, 3);
  /*@prior*/ target += -abs(z);
  complex w = to_complex(y[1], y[3]);
  /*@likelihood*/ get_imag(w) ~ normal(m, s);
  /*@prior*/ d ~ normal(0, 1);
  /*@prior*/ s ~ exponential(1);
}
