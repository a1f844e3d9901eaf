// generated with brms 2.2x: y ~ s(doy) + mo(grade), lprior kept for priorsense
functions {
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
  vector[N] Y;
  int<lower=1> Jmo;
  array[N] int Xmo_1;
  vector[Jmo] con_simo_1;
  int Ks;
  matrix[N, Ks] Xs;
  int nb_1;
  array[nb_1] int knots_1;
  matrix[N, knots_1[1]] Zs_1_1;
  int prior_only;
}
parameters {
  real Intercept;
  simplex[Jmo] simo_1;
  real bsp;
  vector[Ks] bs;
  vector[knots_1[1]] zs_1_1;
  vector<lower=0>[nb_1] sds_1;
  real<lower=0> sigma;
}
transformed parameters {
  vector[knots_1[1]] s_1_1;
  real lprior = 0;
  s_1_1 = sds_1[1] * zs_1_1;
  lprior += student_t_lpdf(Intercept | 3, 4.2, 2.5);
  lprior += normal_lpdf(bsp | 0, 1);
  lprior += dirichlet_lpdf(simo_1 | con_simo_1);
  lprior += student_t_lpdf(sds_1 | 3, 0, 2.5)
            - 1 * student_t_lccdf(0 | 3, 0, 2.5);
  lprior += student_t_lpdf(sigma | 3, 0, 2.5)
            - 1 * student_t_lccdf(0 | 3, 0, 2.5);
}
model {
  if (!prior_only) {
    vector[N] mu = rep_vector(0.0, N);
    mu += Intercept + Xs * bs + Zs_1_1 * s_1_1;
    for (n in 1 : N) {
      mu[n] += bsp * mo(simo_1, Xmo_1[n]);
    }
    /*@likelihood*/ target += normal_lpdf(Y | mu, sigma);
  }
  /*@prior*/ target += lprior;
  /*@population*/ target += std_normal_lpdf(zs_1_1);
}
generated quantities {
  real b_Intercept = Intercept;
}
