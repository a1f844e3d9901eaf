data { int N; vector[N] y; }
parameters { real mu; }
model {
  lp__ <- lp__ + normal_log(y, mu, 1);
  lp__ <- lp__ - 0.5 * square(mu);
}
