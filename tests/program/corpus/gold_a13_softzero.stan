data { int J; int N; array[N] int g; vector[N] y; }
parameters { vector[J] phi; real<lower=0> s; }
model { /*@ask*/ 0 ~ normal(sum(phi), 0.001*J); /*@prior*/ s ~ exponential(1); /*@likelihood*/ y ~ normal(phi[g], s); }
