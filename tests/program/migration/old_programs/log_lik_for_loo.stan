data { int N; int K; matrix[N,K] X; int<lower=0,upper=1> y[N]; }
parameters { vector[K] b; }
model { y ~ bernoulli_logit(X * b); }
generated quantities {
  vector[N] log_lik;
  int y_rep[N];
  for (n in 1:N) {
    log_lik[n] <- bernoulli_logit_log(y[n], X[n] * b);
    y_rep[n] <- bernoulli_rng(inv_logit(X[n] * b));
  }
}
