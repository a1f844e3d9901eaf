functions {
  real tri_log(real y, real w) { return log(w - fabs(y)) - 2 * log(w); }
  real tri_cdf(real y, real w) { return if_else(y < 0, square(w + y), 2 * square(w) - square(w - y)) / (2 * square(w)); }
  real tri_cdf_log(real y, real w) { return log(tri_cdf(y, w)); }
  real tri_ccdf_log(real y, real w) { return log1m(tri_cdf(y, w)); }
}
data { int N; real<lower=0> y[N]; }
parameters { real<lower=4> w; }
model { for (n in 1:N) y[n] ~ tri(w) T[0,]; }
