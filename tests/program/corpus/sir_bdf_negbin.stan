functions {
  vector sir(real t, vector y, real beta, real gamma, int N) {
    vector[3] d;
    d[1] = -beta * y[1] * y[2] / N;
    d[2] = beta * y[1] * y[2] / N - gamma * y[2];
    d[3] = gamma * y[2];
    return d;
  }
}
data {
  int<lower=1> n_days;
  array[n_days] real ts;
  int N;
  array[n_days] int cases;
}
parameters {
  real<lower=0> gamma;
  real<lower=0> beta;
  real<lower=0> phi_inv;
  real<lower=0> i0;
}
transformed parameters {
  real R0 = beta / gamma;
  array[n_days] vector[3] y = ode_bdf(sir, [N - i0, i0, 0]', 0, ts, beta, gamma, N);
}
model {
  /*@prior*/ R0 ~ lognormal(log(2), 0.3);
  /*@prior*/ target += -log(gamma); // d R0 / d beta = 1 / gamma
  /*@prior*/ gamma ~ normal(0.4, 0.5);
  /*@prior*/ phi_inv ~ exponential(5);
  /*@prior*/ i0 ~ lognormal(0, 1);
  /*@likelihood*/ cases ~ neg_binomial_2(y[ : , 2], inv(phi_inv));
}
