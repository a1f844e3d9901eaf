data {
  int<lower=1> N;
  vector[N] y;
  array[N] int<lower=0, upper=1> missing;
  vector[N] x;
  vector[N] u;
  vector[2] hyper;
}
transformed data {
  int n_missing = sum(missing);
}
parameters {
  real a;
  real b;
  vector[n_missing] y_missing;
  real<lower=0> s;
}
model {
  vector[N] filled;
  int next = 1;
  for (n in 1 : N) {
    if (missing[n]) {
      filled[n] = y_missing[next];
      next += 1;
    } else {
      filled[n] = y[n];
    }
  }
  /*@likelihood*/ filled ~ normal(a + b * x, s);
  vector[N] standard = (u - mean(u)) / sd(u);
  /*@likelihood*/ standard ~ normal(a, s);
  {
    real loc = hyper[1];
    real sc = hyper[2];
    array[2] real pars = {a, b};
    /*@prior*/ pars ~ normal(loc, sc);
  }
  vector[N] residual;
  for (n in 1 : N) {
    real fitted = a + b * x[n];
    residual[n] = filled[n] - fitted;
  }
  /*@likelihood*/ residual ~ normal(0, s);
  print("a ~ b; { target += 1", a, "// ", target());
  if (s > 1e10) reject("s ~ ", s);
  if (N < 1) fatal_error("N < 1; }");
  /*@prior*/ s ~ exponential(1);
}
