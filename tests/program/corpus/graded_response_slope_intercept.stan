data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=1> N;
  int<lower=3> K;
  array[N] int<lower=1, upper=I> ii;
  array[N] int<lower=1, upper=J> jj;
  array[N] int<lower=1, upper=K> y;
}
parameters {
  vector[J] theta;
  vector<lower=0>[I] a;
  array[I] ordered[K - 1] kappa;
  real mu_kappa;
  real<lower=0> sigma_kappa;
}
model {
  /*@prior*/ a ~ cauchy(0, 5);
  /*@population*/ theta ~ normal(0, 1);
  for (i in 1:I)
    /*@population*/ kappa[i] ~ normal(mu_kappa, sigma_kappa);
  /*@prior*/ mu_kappa ~ normal(0, 5);
  /*@prior*/ sigma_kappa ~ cauchy(0, 5);
  for (n in 1:N)
    /*@likelihood*/ y[n] ~ ordered_logistic(a[ii[n]] * theta[jj[n]], kappa[ii[n]]);
}
