functions {
  real norm2(vector x) { return sqrt(dot_self(x)); }
  real[] reverse(real[] x) {
    real z[size(x)];
    for (i in 1:size(x)) z[i] <- x[size(x) - i + 1];
    return z;
  }
  real beta_proportion_log(real y, real mu, real kappa) {
    return beta_log(y, mu * kappa, (1 - mu) * kappa);
  }
}
data { int N; real<lower=0,upper=1> y[N]; }
transformed data { real z[N]; z <- reverse(y); }
parameters { real<lower=0,upper=1> mu; real<lower=0> kappa; }
model {
  for (n in 1:N) increment_log_prob(beta_proportion_log(z[n], mu, kappa));
  for (n in 1:N) y[n] ~ beta_proportion(mu, kappa);
  increment_log_prob(-norm2(to_vector(y)) * kappa);
}
