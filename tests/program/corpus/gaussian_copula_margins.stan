functions {
  real gaussian_copula(vector u, vector v, real rho) {
    vector[num_elements(u)] a = inv_Phi(u);
    vector[num_elements(v)] b = inv_Phi(v);
    real r2 = square(rho);
    return -0.5 * num_elements(u) * log1m(r2)
           - (r2 * (dot_self(a) + dot_self(b)) - 2 * rho * dot_product(a, b)) / (2 * (1 - r2));
  }
}
data {
  int<lower=1> N;
  vector<lower=0>[N] x1;
  vector[N] x2;
}
parameters {
  real<lower=0> shape;
  real<lower=0> rate;
  real mu;
  real<lower=0> sigma;
  real<lower=-1, upper=1> rho;
}
model {
  vector[N] u;
  vector[N] v;
  /*@prior*/ shape ~ lognormal(0, 1);
  /*@prior*/ rate ~ lognormal(0, 1);
  /*@prior*/ mu ~ normal(0, 3);
  /*@prior*/ sigma ~ exponential(1);
  /*@prior*/ (rho + 1) / 2 ~ beta(2, 2);
  for (n in 1 : N) {
    u[n] = gamma_cdf(x1[n] | shape, rate);
    v[n] = normal_cdf(x2[n] | mu, sigma);
  }
  /*@likelihood*/ x1 ~ gamma(shape, rate);
  /*@likelihood*/ x2 ~ normal(mu, sigma);
  /*@likelihood*/ target += gaussian_copula(u, v, rho);
}
