data {
  int N; vector[N] y; // ~ trick ; {
}
parameters { real m; real<lower=0> s; }
model {
  /* m ~ normal(0, 9); { */
  /*@prior*/ m
    ~
    normal(0, // prior { ;
           1);
  /*@likelihood*/ target
    += normal_lpdf(y | m, s)  // likelihood
       ;
  print("a ~ b; { // ");
}
