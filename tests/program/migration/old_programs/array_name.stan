functions { real clip(real x, real lower, real upper) { return fmin(fmax(x, lower), upper); } }
data { int N; real array[N]; }
parameters { real mu; }
model { for (n in 1:N) array[n] ~ normal(clip(mu, -3, 3), 1); }
