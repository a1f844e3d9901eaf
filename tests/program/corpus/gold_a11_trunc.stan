data { int N; vector[N] y; real L; int nc; real U; }
parameters { real m; real<lower=0> s; real<lower=L> z; }
model { /*@prior*/ m ~ normal(0,1) T[-3,3]; /*@prior*/ s ~ normal(0,1) T[0,]; for (n in 1:N) /*@likelihood*/ y[n] ~ normal(m,s) T[L,]; /*@likelihood*/ target += nc * normal_lccdf(U | m, s); /*@population*/ z ~ normal(m, s) T[L,]; }
