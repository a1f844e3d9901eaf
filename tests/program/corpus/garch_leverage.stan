// GJR-GARCH(1,1) for daily returns.
data {
  int<lower=2> T;
  vector[T] r;
  real<lower=0> sigma1;
}
parameters {
  real mu;
  real<lower=0> omega;
  real<lower=0, upper=1> alpha;
  real<lower=0, upper=1 - alpha> beta;
  real<lower=0> gamma;
}
model {
  vector[T] sigma;
  real lp = 0;
  sigma[1] = sigma1;
  for (t in 2 : T) {
    real e = r[t - 1] - mu;
    sigma[t] = sqrt(omega + alpha * square(e) + (e < 0 ? gamma * square(e) : 0) + beta * square(sigma[t - 1]));
  }
  for (t in 1 : T)
    lp += normal_lpdf(r[t] | mu, sigma[t]);
  /*@prior*/ target += normal_lpdf(mu | 0, 1) + exponential_lpdf(omega | 2) + exponential_lpdf(gamma | 5);
  /*@prior*/ target += beta_lpdf(alpha | 2, 8);
  /*@prior*/ target += beta_lpdf(beta / (1 - alpha) | 4, 2);
  /*@prior*/ target += -log1m(alpha);
  /*@likelihood*/ target += lp;
}
