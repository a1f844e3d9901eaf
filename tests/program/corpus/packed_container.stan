data { int N; vector[N] y; vector[2] hyper; }
parameters { real m; real log_s; }
model {
  vector[4] pack = append_row([m, log_s]', hyper);
  /*@prior*/ pack[1] ~ normal(pack[3], pack[4]);
  /*@prior*/ pack[2] ~ normal(pack[3], 1);
  /*@likelihood*/ y ~ normal(m, exp(log_s));
}
