data {
  int<lower=1> N;
  array[N] int<lower=0, upper=1> worked;
  vector[N] wage;                        // used where worked is one
  matrix[N, 2] X;
  matrix[N, 3] Z;
}
parameters {
  vector[2] beta;
  vector[3] gamma;
  real<lower=0> sigma;
  real<lower=-1, upper=1> rho;
}
model {
  vector[N] index = Z * gamma;
  vector[N] mu = X * beta;
  /*@prior*/ beta ~ normal(0, 2);
  /*@prior*/ gamma ~ normal(0, 2);
  /*@prior*/ sigma ~ exponential(1);
  /*@prior*/ (rho + 1) / 2 ~ beta(2, 2);
  for (n in 1:N) {
    if (worked[n] == 1) {
      real e = (wage[n] - mu[n]) / sigma;
      /*@likelihood*/ target += std_normal_lpdf(e) - log(sigma)
                                + std_normal_lcdf((index[n] + rho * e) / sqrt(1 - square(rho)));
    } else {
      /*@likelihood*/ target += std_normal_lccdf(index[n]);
    }
  }
}
