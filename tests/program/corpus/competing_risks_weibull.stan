data {
  int<lower=1> N;
  vector<lower=0>[N] y;
  array[N] int<lower=0, upper=2> cause; // 0 is censored
  vector[N] x;
}
parameters {
  vector<lower=0>[2] alpha;
  vector[2] b0;
  vector[2] b1;
}
model {
  /*@prior*/ alpha ~ lognormal(0, 0.5);
  /*@prior*/ b0 ~ normal(0, 2);
  /*@prior*/ b1 ~ normal(0, 1);
  for (i in 1 : N) {
    vector[2] s = exp(-(b0 + b1 * x[i]) ./ alpha);
    for (k in 1 : 2) {
      if (cause[i] == k)
        /*@likelihood*/ y[i] ~ weibull(alpha[k], s[k]);
      else
        /*@likelihood*/ target += weibull_lccdf(y[i] | alpha[k], s[k]);
    }
  }
}
