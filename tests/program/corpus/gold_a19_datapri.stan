data { int N; vector[N] y; vector[3] pri; int grainsize; }
transformed data { real my = mean(y); real sy = sd(y); vector[N] z = (y - my)/sy; }
parameters { real m; real<lower=0> s; }
model { /*@prior*/ m ~ normal(my, 2.5*sy); /*@prior*/ s ~ exponential(1/sy); /*@likelihood*/ z ~ normal((m-my)/sy, s/sy); /*@prior*/ target += normal_lpdf(m | pri[1], pri[2]); }
