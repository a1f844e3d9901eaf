functions {
  real[] decay(real t, real[] y, real[] theta, real[] x_r, int[] x_i) {
    real d[1];
    d[1] = -theta[1] * y[1];
    return d;
  }
}
data { int T; real y[T]; real ts[T]; }
transformed data { real x_r[0]; int x_i[0]; real y0[1]; y0[1] = 1; }
parameters { real<lower=0> theta[1]; real<lower=0> s; }
model {
  real z[T,1] = integrate_ode_bdf(decay, y0, 0.0, ts, theta, x_r, x_i);
  y ~ lognormal(log(z[,1]), s);
}
