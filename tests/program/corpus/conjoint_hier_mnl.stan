data {
  int<lower=1> R;
  int<lower=1> S;
  int<lower=2> A;
  int<lower=1> K;
  int<lower=1> G;
  array[R, S] int<lower=1, upper=A> Y;
  array[R, S] matrix[A, K] X;
  matrix[G, R] Z;
}
parameters {
  matrix[K, R] V;
  matrix[K, G] Theta;
  vector<lower=0, upper=pi() / 2>[K] tau_unif;
  cholesky_factor_corr[K] L_Omega;
}
transformed parameters {
  vector<lower=0>[K] tau = 2.5 * tan(tau_unif);
  matrix[K, R] Beta = Theta * Z + diag_pre_multiply(tau, L_Omega) * V;
}
model {
  /*@prior*/ to_vector(Theta) ~ normal(0, 5);
  /*@prior*/ L_Omega ~ lkj_corr_cholesky(4);
  /*@population*/ to_vector(V) ~ std_normal();
  for (r in 1 : R) {
    for (s in 1 : S) {
      /*@likelihood*/ Y[r, s] ~ categorical_logit(X[r, s] * Beta[ : , r]);
    }
  }
}
