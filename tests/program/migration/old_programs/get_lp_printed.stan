data { int N; vector[N] y; }
parameters { real mu; }
model {
  y ~ normal(mu, 1);
  print("lp <- ", get_lp(), " # not a comment");
}
