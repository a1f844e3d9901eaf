data {
  int<lower=2> T;
  vector[T] y;
}
parameters {
  real mu;
  real<lower=0, upper=1> phi_star;
  real<lower=0> sigma;
  real<lower=-1, upper=1> rho;
  vector[T] h_std;
}
transformed parameters {
  real<lower=-1, upper=1> phi = 2 * phi_star - 1;
  vector[T] h = h_std * sigma;
  h[1] /= sqrt(1 - phi * phi);
  h += mu;
  for (t in 2 : T)
    h[t] += phi * (h[t - 1] - mu);
}
model {
  profile("priors") {
    /*@prior*/ phi_star ~ beta(20, 1.5);
    /*@prior*/ sigma ~ normal(0, 0.5);
    /*@prior*/ mu ~ normal(-1, 3);
    /*@prior*/ rho ~ normal(0, 0.5);
    /*@population*/ h_std ~ std_normal();
  }
  profile("returns") {
    for (t in 1 : (T - 1))
      /*@likelihood*/ y[t] ~ normal(exp(h[t] / 2) * rho * h_std[t + 1], exp(h[t] / 2) * sqrt(1 - square(rho)));
    /*@likelihood*/ y[T] ~ normal(0, exp(h[T] / 2));
  }
}
