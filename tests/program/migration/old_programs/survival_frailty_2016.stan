data { int<lower=0> N; int<lower=0> G; int g[N]; real<lower=0> t[N]; int<lower=0,upper=1> d[N]; }
parameters { real<lower=0> a; real lambda; real z[G]; real<lower=0> tau; }
model {
  real eta;
  z ~ normal(0, 1);
  for (n in 1:N) {
    eta = exp(-(lambda + tau * z[g[n]]) / a);
    target += d[n] ? weibull_log(t[n], a, eta) : weibull_ccdf_log(t[n], a, eta);
  }
}
