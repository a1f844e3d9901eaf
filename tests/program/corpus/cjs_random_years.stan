functions {
  int first_capture(array[] int h) {
    for (k in 1 : size(h)) if (h[k]) return k;
    return 0;
  }
  int last_capture(array[] int h) {
    int last = 0;
    for (k in 1 : size(h)) if (h[k]) last = k;
    return last;
  }
}
data {
  int<lower=1> I;
  int<lower=2> T;
  array[I, T] int<lower=0, upper=1> h;
}
transformed data {
  array[I] int first;
  array[I] int last;
  for (i in 1 : I) {
    first[i] = first_capture(h[i]);
    last[i] = last_capture(h[i]);
  }
}
parameters {
  real<lower=0, upper=1> mean_phi;
  real<lower=0, upper=1> p;
  vector[T - 1] epsilon;
  real<lower=0, upper=5> sigma;
}
transformed parameters {
  vector<lower=0, upper=1>[T - 1] phi = inv_logit(logit(mean_phi) + sigma * epsilon);
  vector<lower=0, upper=1>[T] chi;
  chi[T] = 1;
  for (s in 1 : (T - 1)) {
    int t = T - s;
    chi[t] = 1 - phi[t] * (1 - (1 - p) * chi[t + 1]);
  }
}
model {
  /*@prior*/ mean_phi ~ uniform(0, 1);
  /*@prior*/ p ~ beta(1, 1);
  /*@population*/ epsilon ~ normal(0, 1);
  /*@prior*/ sigma ~ uniform(0, 5);
  for (i in 1 : I) {
    if (first[i] > 0) {
      for (t in 2 : T) {
        if (t > first[i] && t <= last[i]) {
          /*@likelihood*/ 1 ~ bernoulli(phi[t - 1]);
          /*@likelihood*/ h[i, t] ~ bernoulli(p);
        }
      }
      /*@likelihood*/ 1 ~ bernoulli(chi[last[i]]);
    }
  }
}
