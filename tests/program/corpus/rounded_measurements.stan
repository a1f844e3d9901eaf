data {
  int<lower=0> N;
  vector[N] y; // rounded to whole units
  int<lower=0> M;
  array[M] int k; // rounded too, with the error integrated out
}
parameters {
  real mu;
  real<lower=0> sigma;
  vector<lower=-0.5, upper=0.5>[N] err;
}
transformed parameters {
  vector[N] z = y + err;
}
model {
  /*@prior*/ target += -2 * log(sigma);
  /*@likelihood*/ z ~ normal(mu, sigma);
  for (i in 1 : M)
    /*@likelihood*/ target += log(Phi((k[i] + 0.5 - mu) / sigma) - Phi((k[i] - 0.5 - mu) / sigma));
}
