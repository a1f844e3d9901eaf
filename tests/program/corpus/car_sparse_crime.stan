functions {
  real proper_car_lpdf(vector u, real tau, real alpha, array[] int from, array[] int to,
                       vector n_nbr, vector eig) {
    int n = rows(u);
    real quad = dot_product(n_nbr, square(u));
    for (e in 1 : size(from)) quad -= 2 * alpha * u[from[e]] * u[to[e]];
    return 0.5 * (n * log(tau) + sum(log1m(alpha * eig)) - tau * quad);
  }
}
data {
  int n;
  int n_edges;
  array[n_edges] int from;
  array[n_edges] int to;
  vector[n] eig; // eigenvalues of D^(-1/2) W D^(-1/2)
  array[n] int burglaries;
  vector[n] households;
  vector[n] deprivation;
}
transformed data {
  vector[n] n_nbr = rep_vector(0, n);
  for (e in 1 : n_edges) {
    n_nbr[from[e]] += 1;
    n_nbr[to[e]] += 1;
  }
}
parameters {
  vector[n] u;
  real b0;
  real b1;
  real<lower=0> tau;
  real<lower=0, upper=1> alpha;
}
model {
  /*@population*/ u ~ proper_car(tau, alpha, from, to, n_nbr, eig);
  /*@prior*/ tau ~ gamma(2, 2);
  /*@prior*/ b0 ~ normal(-3, 2);
  /*@prior*/ b1 ~ normal(0, 1);
  /*@likelihood*/ burglaries ~ poisson(households .* exp(b0 + b1 * deprivation + u));
}
