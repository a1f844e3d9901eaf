data { int N; vector[N] y; }
parameters { real m; real<lower=0> s; }
model {
  target += (/*@likelihood*/ normal_lpdf(y | m, s) + /*@prior*/ normal_lpdf(m | 0, 1));
  target += /*@prior*/ (exponential_lpdf(s | 1) + normal_lpdf(s | 0, 2)) + (/*@likelihood*/ normal_lpdf(y | m, 2 * s));
}
