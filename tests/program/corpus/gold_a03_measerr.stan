data { int N; vector[N] x_obs; vector[N] y; real<lower=0> tau; }
parameters { vector[N] x; real a; real b; real<lower=0> s; }
model { /*@ask*/ x ~ normal(x_obs, tau); /*@likelihood*/ y ~ normal(a + b*x, s); /*@prior*/ a ~ normal(0,1); /*@prior*/ b ~ normal(0,1); }
