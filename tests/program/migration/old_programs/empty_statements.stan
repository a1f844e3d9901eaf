data { int N; real y[N]; }
parameters { real<lower=0> H; real mu; }
model {
  for (n in 1:N) { lp__ <- lp__ - 0.5 * log(H) - 0.5 * pow(y[n] - mu, 2) / H;; };
  lp__ = lp__ + 1.0 / H ;
}
