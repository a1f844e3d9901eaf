data { int N; vector[N] y; }
parameters { real m; real<lower=0> s; }
model { target += /*@likelihood*/ normal_lpdf(y|m,s) + /*@prior*/ normal_lpdf(m|0,1) + /*@prior*/ exponential_lpdf(s|1); }
