data {
  int<lower=1> N;
  int<lower=1> J;
  array[N] int<lower=1, upper=J> id;
  vector[N] x;
  vector[N] m;
  vector[N] y;
}
parameters {
  vector[3] g;                    // a, b, c'
  vector<lower=0>[3] tau;
  corr_matrix[3] Omega;
  array[J] vector[3] u;
  vector[2] d;                    // intercepts
  vector<lower=0>[2] sigma;
}
model {
  matrix[3, 3] V = quad_form_diag(Omega, tau);
  /*@prior*/ g ~ normal(0, 1);
  /*@prior*/ tau ~ cauchy(0, 1);
  /*@prior*/ Omega ~ lkj_corr(2);
  /*@prior*/ d ~ normal(0, 2);
  /*@prior*/ sigma ~ cauchy(0, 1);
  /*@population*/ u ~ multi_normal(g, V);
  for (n in 1:N) {
    int j = id[n];
    /*@likelihood*/ m[n] ~ normal(d[1] + u[j][1] * x[n], sigma[1]);
    /*@likelihood*/ y[n] ~ normal(d[2] + u[j][2] * m[n] + u[j][3] * x[n], sigma[2]);
  }
}
