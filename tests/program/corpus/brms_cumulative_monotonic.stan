functions {
  /* monotonic effect of an ordinal predictor
   * scale: simplex of increments, i: observed level counted from zero
   */
  real mo(vector scale, int i) {
    if (i == 0) {
      return 0;
    } else {
      return rows(scale) * sum(scale[1 : i]);
    }
  }
}
data {
  int<lower=1> N;
  array[N] int Y;
  int<lower=2> nthres;
  int<lower=1> Jmo_1;
  array[N] int Xmo_1;
  vector[Jmo_1] con_simo_1;
  int prior_only;
}
parameters {
  ordered[nthres] Intercept;
  real bsp;
  simplex[Jmo_1] simo_1;
}
transformed parameters {
  real disc = 1;
  real lprior = 0;
  lprior += student_t_lpdf(Intercept | 3, 0, 2.5);
  lprior += normal_lpdf(bsp | 0, 1);
  lprior += dirichlet_lpdf(simo_1 | con_simo_1);
}
model {
  if (!prior_only) {
    vector[N] mu = rep_vector(0.0, N);
    for (n in 1:N) {
      mu[n] += bsp * mo(simo_1, Xmo_1[n]);
    }
    for (n in 1:N) {
      /*@likelihood*/ target += ordered_logistic_lpmf(Y[n] | disc * mu[n], Intercept);
    }
  }
  /*@prior*/ target += lprior;
}
