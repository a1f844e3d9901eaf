data {
  int<lower=1> N;
  vector<lower=0>[N] left;
  vector<lower=0>[N] right;
  array[N] int<lower=1, upper=3> kind; // 1 left, 2 interval, 3 right
  vector[N] x;
  real<lower=0> entry; // only subjects beyond this time were enrolled
}
parameters {
  real b0;
  real b1;
  real<lower=0> sigma;
}
model {
  for (i in 1 : N) {
    real m = b0 + b1 * x[i];
    if (kind[i] == 1)
      /*@likelihood*/ target += log_diff_exp(lognormal_lcdf(right[i] | m, sigma), lognormal_lcdf(entry | m, sigma));
    else if (kind[i] == 2)
      /*@likelihood*/ target += log_diff_exp(lognormal_lcdf(right[i] | m, sigma), lognormal_lcdf(left[i] | m, sigma));
    else
      /*@likelihood*/ target += lognormal_lccdf(left[i] | m, sigma);
    /*@likelihood*/ target += -lognormal_lccdf(entry | m, sigma);
  }
  /*@prior*/ b0 ~ normal(1, 2);
  /*@prior*/ b1 ~ normal(0, 1);
  /*@prior*/ sigma ~ cauchy(0, 1) T[0, ];
}
