data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=1> N;
  int<lower=1> K;
  array[N] int<lower=1, upper=I> ii;
  array[N] int<lower=1, upper=J> jj;
  array[N] int<lower=0, upper=1> y;
  matrix[J, K] W;
}
parameters {
  array[I] vector[2] xi;
  vector[2] mu;
  vector<lower=0>[2] tau;
  cholesky_factor_corr[2] L_Omega;
  vector[J] theta;
  vector[K] lambda;
}
transformed parameters {
  vector[I] alpha;
  vector[I] beta;
  for (i in 1:I) {
    alpha[i] = exp(xi[i, 1]);
    beta[i] = xi[i, 2];
  }
}
model {
  matrix[2, 2] L_Sigma = diag_pre_multiply(tau, L_Omega);
  for (i in 1:I)
    /*@population*/ target += multi_normal_cholesky_lpdf(xi[i] | mu, L_Sigma);
  /*@population*/ target += normal_lpdf(theta | W * lambda, 1);
  /*@prior*/ target += normal_lpdf(lambda | 0, 1);
  /*@prior*/ L_Omega ~ lkj_corr_cholesky(4);
  /*@prior*/ mu[1] ~ normal(0, 1);
  /*@prior*/ mu[2] ~ normal(0, 5);
  /*@prior*/ tau ~ exponential(0.1);
  /*@likelihood*/ target += bernoulli_logit_lpmf(y | alpha[ii] .* theta[jj] - beta[ii]);
}
