data {
  int<lower=1> R, C;
  matrix[R, C] Y;
}
parameters {
  vector[R] row_effect;
  real<lower=0> tau;
  vector[C] col_effect;
  real<lower=0> s;
}
model {
  {
    real lp = 0;
    for (r in 1 : R) {
      for (c in 1 : C) {
        real m = row_effect[r] + col_effect[c];
        lp += normal_lpdf(Y[r, c] | m, s);
      }
    }
    /*@likelihood*/ target += lp;
  }
  {
    vector[C] terms = rep_vector(0, C);
    for (c in 1 : C) terms[c] += normal_lpdf(col_effect[c] | 0, 2);
    /*@prior*/ target += sum(terms);
  }
  real acc = normal_lpdf(row_effect[1] | 0, tau);
  for (r in 2 : R) acc = acc + normal_lpdf(row_effect[r] | 0, tau);
  /*@population*/ target += acc;
  real hyper = exponential_lpdf(tau | 1);
  hyper += exponential_lpdf(s | 1);
  /*@prior*/ target += hyper;
}
