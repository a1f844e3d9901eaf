functions { real icar_lpdf(vector phi, array[] int n1, array[] int n2) { return -0.5*dot_self(phi[n1]-phi[n2]); } real zip_lpmf(int y, real th, real l) { if (y==0) return log_sum_exp(bernoulli_lpmf(1|th), bernoulli_lpmf(0|th)+poisson_lpmf(0|l)); return bernoulli_lpmf(0|th)+poisson_lpmf(y|l); } real mymodel_lpdf(vector th, vector y, real s) { return normal_lpdf(y|th,s) + normal_lpdf(th|0,1); } }
data { int N; int E; array[E] int n1; array[E] int n2; array[N] int y; vector[N] yy; }
parameters { vector[N] phi; real<lower=0> sg; real<lower=0,upper=1> th; vector[N] t2; }
model { /*@population*/ phi ~ icar(n1,n2); /*@population*/ sum(phi) ~ normal(0,0.001*N); for (n in 1:N) /*@likelihood*/ y[n] ~ zip(th, exp(sg*phi[n])); /*@prior*/ sg ~ exponential(1); /*@ask*/ t2 ~ mymodel(yy, 1.0); }
