data {
  int<lower=1> n;
  int<lower=1> d;
  matrix[n, d] x;
  array[n] int<lower=0, upper=1> y;
  real<lower=0> scale_icept;
  real<lower=0> scale_global;
  real<lower=0> slab_scale;
  real<lower=0> slab_df;
}
parameters {
  real beta0;
  vector[d] z;
  real<lower=0> tau;
  vector<lower=0>[d] lambda;
  real<lower=0> caux;
}
transformed parameters {
  real c = slab_scale * sqrt(caux);
  vector[d] lambda_tilde = sqrt(square(c) * square(lambda) ./ (square(c) + square(tau) * square(lambda)));
  vector[d] beta = z .* lambda_tilde * tau;
}
model {
  /*@population*/ z ~ std_normal();
  /*@prior*/ lambda ~ cauchy(0, 1);
  /*@prior*/ tau ~ cauchy(0, scale_global);
  /*@prior*/ caux ~ inv_gamma(0.5 * slab_df, 0.5 * slab_df);
  /*@prior*/ beta0 ~ normal(0, scale_icept);
  /*@likelihood*/ y ~ bernoulli_logit(beta0 + x * beta);
}
