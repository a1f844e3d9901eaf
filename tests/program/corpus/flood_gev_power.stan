functions {
  real gev_lpdf(vector y, vector mu, real sigma, real xi) {
    vector[rows(y)] z = (y - mu) / sigma;
    if (abs(xi) < 1e-8) {
      return -rows(y) * log(sigma) - sum(z) - sum(exp(-z));
    } else {
      vector[rows(y)] lt = log1p(xi * z);
      return -rows(y) * log(sigma) - (1 + inv(xi)) * sum(lt) - sum(exp(-lt / xi));
    }
  }
  real gev_lcdf(real y, real mu, real sigma, real xi) {
    real z = (y - mu) / sigma;
    return abs(xi) < 1e-8 ? -exp(-z) : -(1 + xi * z) ^ (-inv(xi));
  }
}
data {
  int<lower=1> N;
  vector[N] peak;
  vector[N] decade;
  int<lower=1> N_paleo;
  vector[N_paleo] peak_paleo;
  real<lower=0, upper=1> a0;
  int<lower=0> n_below; // historical years known only to stay below perception
  real perception;
}
parameters {
  real mu0;
  real mu1;
  real<lower=0> sigma;
  real<lower=-0.5, upper=0.5> xi;
}
model {
  /*@likelihood*/ peak ~ gev(mu0 + mu1 * decade, sigma, xi);
  /*@likelihood*/ target += a0 * gev_lpdf(peak_paleo | rep_vector(mu0, N_paleo), sigma, xi);
  /*@likelihood*/ target += n_below * gev_lcdf(perception | mu0, sigma, xi);
  /*@prior*/ mu0 ~ normal(mean(peak), 3 * sd(peak));
  /*@prior*/ mu1 ~ normal(0, sd(peak));
  /*@prior*/ sigma ~ gamma(2, 1);
  // geophysical prior on the shape, on (-1/2, 1/2)
  /*@prior*/ target += beta_lpdf(xi + 0.5 | 6, 9);
}
