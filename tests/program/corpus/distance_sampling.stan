functions {
  // half-normal detection on a strip of half-width w
  real halfnorm_strip_lpdf(real d, real sigma, real w) {
    return -0.5 * square(d / sigma) - log(sigma * sqrt(2 * pi()) * (Phi(w / sigma) - 0.5));
  }
}
data {
  int<lower=1> T; // transects
  array[T] int<lower=0> n;
  vector<lower=0>[T] len;
  int<lower=0> M;
  vector<lower=0>[M] dist;
  array[M] int<lower=1, upper=T> transect;
  vector[T] cover;
  real<lower=0> w;
}
parameters {
  real a0;
  real a1;
  real log_density;
  vector[T] eps;
  real<lower=0> sd_eps;
}
transformed parameters {
  vector<lower=0>[T] sigma = exp(a0 + a1 * cover);
  vector[T] p_det = sigma * sqrt(2 * pi()) .* (Phi(w / sigma) - 0.5) / w;
}
model {
  for (i in 1 : M)
    /*@likelihood*/ dist[i] ~ halfnorm_strip(sigma[transect[i]], w);
  /*@likelihood*/ n ~ poisson(2 * w * len .* exp(log_density + eps) .* p_det);
  /*@population*/ target += normal_lpdf(eps | 0, sd_eps);
  /*@prior*/ target += normal_lpdf(a0 | 0, 2);
  /*@prior*/ target += normal_lpdf(a1 | 0, 1);
  /*@prior*/ target += normal_lpdf(log_density | 0, 3);
  /*@prior*/ target += exponential_lpdf(sd_eps | 2);
}
