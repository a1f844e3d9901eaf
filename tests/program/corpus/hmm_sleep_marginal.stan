// Three sleep stages from a movement index, several nights.
data {
  int<lower=1> T;
  int<lower=1> NN;
  array[NN] int<lower=1> start;
  array[NN] int<lower=1> end;
  vector[T] move;
  vector<lower=0>[3] stay;
}
transformed data {
  int K = 3;
}
parameters {
  array[K] simplex[K] trans;
  simplex[K] init;
  ordered[K] mu;
  vector<lower=0>[K] sigma;
}
model {
  matrix[K, K] log_Gamma;
  for (k in 1 : K) {
    vector[K] conc = rep_vector(1, K);
    conc[k] = stay[k];
    /*@prior*/ trans[k] ~ dirichlet(conc);
    log_Gamma[k] = log(trans[k])';
  }
  /*@prior*/ init ~ dirichlet(rep_vector(2, K));
  /*@prior*/ target += normal_lpdf(mu | [-1, 0, 2], 1);
  /*@prior*/ target += normal_lpdf(sigma | 0, 1);
  for (n in 1 : NN) {
    vector[K] acc;
    for (t in start[n] : end[n]) {
      vector[K] emit;
      for (k in 1 : K) emit[k] = normal_lpdf(move[t] | mu[k], sigma[k]);
      if (t == start[n]) {
        acc = log(init) + emit;
      } else {
        vector[K] prev = acc;
        for (k in 1 : K) acc[k] = log_sum_exp(prev + log_Gamma[ : , k]) + emit[k];
      }
    }
    /*@likelihood*/ target += log_sum_exp(acc);
  }
}
