// y ~ normal(0, 1); µ ≈ σ, “quoted”, 数据
/* functions { real f_lp(real x) { target += x; } } model { */
data { /* } */
  int<lower=0> N; // { target += normal_lpdf(y | 0, 1);
  vector[N] y; /* vector[N] z; // */
} // model { m ~ normal(0, 1); }
parameters {
  real m; // m ~ normal(0, 1);
  real<lower=0> s;
  vector[2] d;
}
model { // y ~ normal(m, s);
  print("a ~ b; { target += 1");
  print("/* ", N, " // */ m ~ normal(0, 1); }", "{");
  /*@prior*/ m ~ normal(0, 1); // prior
  /*@likelihood*/ y ~ normal(m /* , s); */, s); // likelihood
  /*@prior*/ s ~ exponential(1); // the likelihood of this is low
  /* d ~ normal(0, 9); */ /*@prior*/ d ~ /* cauchy */ normal(0, // scale: {
    1 /* ; */ ); /* d ~ normal(m, s); */
  /*@prior*/ 0 ~ normal(sum(d), 0.01); // prior
  /*@likelihood*/ target +=/* + normal_lpdf(d | 0, 1) */normal_lpdf(y | d[1] + d[2], s);// target += 1;
} // }
/* { "unclosed */
