// Second-order random walk on log rates of counts, written as a quadratic form.
data {
  int<lower=4> T;
  array[T] int<lower=0> deaths;
  vector<lower=0>[T] pop;
}
transformed data {
  vector[T] log_pop = log(pop);
}
parameters {
  vector[T] eta;
  real<lower=0> tau;
}
model {
  vector[T - 2] d2 = eta[3 : T] - 2 * eta[2 : (T - 1)] + eta[1 : (T - 2)];
  /*@population*/ target += 0.5 * (T - 2) * log(tau) - 0.5 * tau * dot_self(d2);
  /*@prior*/ tau ~ gamma(1, 0.01);
  /*@likelihood*/ deaths ~ poisson_log(log_pop + eta);
}
