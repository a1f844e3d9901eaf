data {
  int<lower=0> N;
  vector[N] y;
  int<lower=0> M;
  array[M] int<lower=1> k;
  array[3] int<lower=0> h;
  real lo;
  real<lower=lo> up;
}
parameters {
  real<lower=0> mu;
  real<lower=0, upper=10> sigma;
  real<upper=2> lambda_log;
  real<lower=-2, upper=2> delta;
  real<lower=0, upper=1> p;
}
transformed parameters {
  real lambda = exp(lambda_log);
}
model {
  /*@prior*/ mu ~ normal(0, 5) T[0, ];
  /*@prior*/ sigma ~ normal(0, 3) T[0, 10];
  /*@prior*/ lambda_log ~ normal(0, 1) T[ , 2];
  /*@prior*/ delta ~ normal(0, 1) T[-2, 2];
  /*@prior*/ p ~ beta(2, 2) T[ , ];
  for (n in 1 : N) {
    /*@likelihood*/ y[n] ~ normal(mu + delta, sigma) T[lo, up];
    /*@likelihood*/ y[n] ~ logistic(mu, sigma) T[lo, ];
  }
  /*@likelihood*/ y ~ normal(mu, sigma) T[ , up];
  for (m in 1 : M) /*@likelihood*/ k[m] ~ poisson(lambda) T[1, ];
  /*@likelihood*/ k[1] ~ poisson(lambda) T[1, 30];
  for (v in h)
    /*@likelihood*/ v ~ binomial(8, p) T[ , 6];
}
