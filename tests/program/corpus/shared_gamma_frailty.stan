// Exponential times in clusters that share a gamma frailty with mean one.
data {
  int<lower=1> N;
  int<lower=1> G;
  array[N] int<lower=1, upper=G> g;
  vector<lower=0>[N] t;
  array[N] int<lower=0, upper=1> event;
  vector[N] x;
}
parameters {
  vector<lower=0>[G] frailty;
  real<lower=0> theta; // variance of the frailty
  real log_base;
  real beta;
}
transformed parameters {
  vector[N] rate = exp(log_base + beta * x) .* frailty[g];
}
model {
  real lp = 0;
  for (n in 1 : N) {
    /*@likelihood*/ lp += event[n] ? exponential_lpdf(t[n] | rate[n]) : exponential_lccdf(t[n] | rate[n]);
  }
  for (j in 1 : G) {
    /*@population*/ lp += gamma_lpdf(frailty[j] | inv(theta), inv(theta));
  }
  /*@prior*/ lp += gamma_lpdf(theta | 2, 2) + normal_lpdf(log_base | 0, 2);
  /*@prior*/ lp += normal_lpdf(beta | 0, 1);
  target += lp;
}
