functions {
  real induced_dirichlet_lpdf(vector c, vector alpha, real phi) {
    int K = num_elements(c) + 1;
    vector[K - 1] cum = Phi(phi - c);
    vector[K] p;
    real log_det = 0;
    p[1] = 1 - cum[1];
    for (k in 2:(K - 1))
      p[k] = cum[k - 1] - cum[k];
    p[K] = cum[K - 1];
    for (k in 1:(K - 1))
      log_det += std_normal_lpdf(phi - c[k]);
    return dirichlet_lpdf(p | alpha) + log_det;
  }
}
data {
  int<lower=1> N;
  int<lower=3> K;
  array[N] int<lower=1, upper=K> rating;
  vector[N] x;
}
parameters {
  real beta;
  ordered[K - 1] c;
}
model {
  /*@prior*/ beta ~ normal(0, 1);
  /*@prior*/ c ~ induced_dirichlet(rep_vector(1, K), 0);
  for (n in 1:N)
    /*@likelihood*/ rating[n] ~ ordered_probit(beta * x[n], c);
}
