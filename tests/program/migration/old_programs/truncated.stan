data { int N; real L; real U; real<lower=L,upper=U> y[N]; }
parameters { real mu; real<lower=0> sigma; }
model {
  for (n in 1:N) y[n] ~ normal(mu,sigma) T[L,U];
}
