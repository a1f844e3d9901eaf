data { int T; vector[T] y; }
parameters { vector[T] x; real<lower=0> q; real<lower=0> r; }
model { /*@population*/ x[1] ~ normal(0,5); /*@population*/ x[2:T] ~ normal(x[1:(T-1)], q); /*@prior*/ q ~ exponential(1); /*@prior*/ r ~ exponential(1); /*@likelihood*/ y ~ normal(x, r); }
