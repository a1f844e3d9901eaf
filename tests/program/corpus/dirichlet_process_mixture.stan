// Truncated stick-breaking mixture of normals.
data {
  int<lower=1> N;
  int<lower=2> C;
  vector[N] y;
}
parameters {
  vector<lower=0, upper=1>[C - 1] v;
  vector[C] mu;
  vector<lower=0>[C] sigma;
  real<lower=0> alpha;
  real m;
  real<lower=0> s;
}
transformed parameters {
  simplex[C] pi;
  {
    real rest = 1;
    for (c in 1 : (C - 1)) {
      pi[c] = v[c] * rest;
      rest *= 1 - v[c];
    }
    pi[C] = rest;
  }
}
model {
  array[C] real ps;
  /*@prior*/ alpha ~ gamma(2, 2);
  /*@prior*/ m ~ normal(0, 5);
  /*@prior*/ s ~ normal(0, 5);
  /*@population*/ v ~ beta(1, alpha);
  /*@population*/ mu ~ normal(m, s);
  /*@prior*/ sigma ~ inv_gamma(3, 2);
  for (i in 1 : N) {
    for (c in 1 : C)
      ps[c] = log(pi[c]) + normal_lpdf(y[i] | mu[c], sigma[c]);
    /*@likelihood*/ target += log_sum_exp(ps);
  }
}
