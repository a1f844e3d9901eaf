functions {
  real zip_lpmf(array[] int k, real th, real rate);
  real walk_lpdf(vector x, real q) {
    int n = size(x);
    return normal_lpdf(x[2:n] | x[1 : (n - 1)], q);
  }
  real wide_lpdf(real u, real centre) {
    return normal_lpdf(u | centre, 10);
  }
  real wide_lpdf(vector u, real centre, real spread) {
    return student_t_lpdf(u | 4, centre, 10 * spread);
  }
  real zip_lpmf(array[] int k, real th, real rate) {
    real total = 0;
    for (i in 1 : size(k)) {
      if (k[i] == 0)
        total += log_mix(th, 0, poisson_lpmf(0 | rate));
      else
        total += log1m(th) + poisson_lpmf(k[i] | rate);
    }
    return total;
  }
}
data {
  int<lower=2> T;
  vector[T] y;
  int<lower=1> M;
  array[M] int<lower=0> k;
}
parameters {
  vector[T] x;
  real<lower=0> q;
  real<lower=0> r;
  real a;
  real<lower=0, upper=1> th;
  real<lower=0> rate;
}
model {
  /*@population*/ x[1] ~ wide(0);
  /*@population*/ x ~ walk(q);
  /*@likelihood*/ y ~ normal(x, r);
  /*@prior*/ a ~ wide(0.0);
  /*@likelihood*/ y ~ wide(a, r);
  /*@likelihood*/ target += zip_lupmf(k | th, rate);
  /*@prior*/ q ~ exponential(2);
  /*@prior*/ target += wide_lpdf(r | 1) - normal_lccdf(0 | 1, 10);
  /*@prior*/ th ~ uniform(0, 1);
}
