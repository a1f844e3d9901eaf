data { int N; int J; array[N] int g; vector[N] y; }
parameters { array[J] real z; array[J] real<lower=0> tau_j; real<lower=0> tau; real<lower=0> nu; vector<lower=0>[J] w; }
model { for (j in 1:J) /*@population*/ z[j] ~ normal(0,1); /*@prior*/ tau ~ cauchy(0,1); /*@population*/ w ~ gamma(nu/2, nu/2); /*@prior*/ nu ~ gamma(2,.1); for (n in 1:N) /*@likelihood*/ y[n] ~ normal(tau*z[g[n]]/sqrt(w[g[n]]), 1); /*@prior*/ tau_j ~ exponential(1); }
