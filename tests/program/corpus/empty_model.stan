data { int N; vector[N] y; }
parameters { real<lower=0, upper=1> p; simplex[3] q; }
model { }
generated quantities { real ll = normal_lpdf(y | p, 1); }
