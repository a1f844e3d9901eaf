functions { int nz(array[] int y) { int s=0; for (n in 1:size(y)) s += y[n]==0; return s; } }
data { int N; array[N] int y; }
transformed data { int n0 = nz(y); }
parameters { real<lower=0> lambda; real<lower=0,upper=1> th; }
model { /*@likelihood*/ target += n0 * log_sum_exp(log(th), log1m(th) - lambda); /*@prior*/ th ~ beta(1,2); /*@prior*/ lambda ~ gamma(2,1);
 { int k = 0; vector[N] lp = rep_vector(0, N); for (n in 1:N) if (y[n] > 0) lp[n] = log1m(th) + poisson_lpmf(y[n]|lambda); /*@likelihood*/ target += sum(lp); } }
