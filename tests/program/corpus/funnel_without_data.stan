parameters {
  real v;
  vector[3] x;
}
model {
  /*@prior*/ v ~ normal(0, 3);
  /*@population*/ x ~ normal(0, exp(v / 2));
}
