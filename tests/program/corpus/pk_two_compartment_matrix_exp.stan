data {
  int<lower=1> n;
  vector<lower=0>[n] time;
  vector<lower=0>[n] conc;
  array[n] int<lower=0, upper=1> below; // below the quantification limit
  real<lower=0> lloq;
  real<lower=0> dose;
}
parameters {
  real<lower=0> CL;
  real<lower=0> Q;
  real<lower=0> V1;
  real<lower=0> V2;
  real<lower=0> sigma;
}
transformed parameters {
  vector[n] c_hat;
  {
    matrix[2, 2] A = [[-(CL + Q) / V1, Q / V2], [Q / V1, -Q / V2]];
    for (i in 1 : n)
      c_hat[i] = (matrix_exp(A * time[i]) * [dose, 0]')[1] / V1;
  }
}
model {
  /*@prior*/ target += lognormal_lpdf([CL, Q, V1, V2] | log([5, 3, 20, 40]), 0.5);
  /*@prior*/ target += cauchy_lpdf(sigma | 0, 1) - cauchy_lccdf(0 | 0, 1);
  for (i in 1 : n) {
    /*@likelihood*/ target += below[i] ? lognormal_lcdf(lloq | log(c_hat[i]), sigma)
                            : lognormal_lpdf(conc[i] | log(c_hat[i]), sigma);
  }
}
