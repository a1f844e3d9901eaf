// Regularised horseshoe for a wide expression matrix.
data {
  int<lower=1> n;
  int<lower=1> d;
  vector[n] y;
  matrix[n, d] x;
  real<lower=0> scale_icept;
  real<lower=0> scale_global;
  real<lower=0> slab_scale;
  real<lower=0> slab_df;
}
parameters {
  real logsigma;
  real beta0;
  vector[d] z;
  real<lower=0> tau;
  vector<lower=0>[d] lambda;
  real<lower=0> caux;
}
transformed parameters {
  real<lower=0> sigma = exp(logsigma);
  real<lower=0> c = slab_scale * sqrt(caux);
  vector<lower=0>[d] lambda_tilde = sqrt(c ^ 2 * square(lambda) ./ (c ^ 2 + tau ^ 2 * square(lambda)));
  vector[d] beta = z .* lambda_tilde * tau;
}
model {
  /*@population*/ z ~ normal(0, 1);
  /*@prior*/ lambda ~ student_t(1, 0, 1);
  /*@prior*/ tau ~ student_t(1, 0, scale_global * sigma);
  /*@prior*/ caux ~ inv_gamma(0.5 * slab_df, 0.5 * slab_df);
  /*@prior*/ beta0 ~ normal(0, scale_icept);
  /*@likelihood*/ y ~ normal_id_glm(x, beta0, beta, sigma);
}
