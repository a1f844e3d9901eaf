data {
  int<lower=1> N;
  int<lower=1> J; // firms
  int<lower=1> P;
  array[N] int<lower=1, upper=J> firm;
  matrix[N, P] X;
  vector[N] y;
  real<lower=0, upper=1> r_star; // prior median efficiency
}
parameters {
  real alpha;
  vector[P] beta;
  vector<lower=0>[J] u;
  real<lower=0> lambda;
  real<lower=0> h;
}
transformed parameters {
  real<lower=0> sigma_v = inv_sqrt(h);
}
model {
  /*@prior*/ alpha ~ normal(mean(y), 10);
  /*@prior*/ beta ~ normal(0.5, 0.5);
  /*@prior*/ h ~ gamma(0.5, 0.05);
  /*@prior*/ lambda ~ exponential(-log(r_star));
  /*@population*/ u ~ exponential(lambda);
  /*@likelihood*/ y ~ normal(alpha + X * beta - u[firm], sigma_v);
}
