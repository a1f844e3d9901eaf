// Jolly-Seber with data augmentation; entry summed out in an _lp function.
functions {
  void js_history_lp(array[] int y, int first, int last, vector gamma, real phi, real p) {
    int T = size(y);
    vector[T] chi;
    chi[T] = 1;
    for (k in 1 : (T - 1))
      chi[T - k] = 1 - phi + phi * (1 - p) * chi[T - k + 1];
    if (first > 0) {
      vector[first] lp;
      for (t in 1 : first)
        lp[t] = sum(log1m(gamma[1 : (t - 1)])) + log(gamma[t]) + (first - t) * (log1m(p) + log(phi)) + log(p);
      target += log_sum_exp(lp);
      for (t in (first + 1) : last) {
        target += log(phi);
        target += y[t] == 1 ? log(p) : log1m(p);
      }
      target += log(chi[last]);
    } else {
      vector[T + 1] lp;
      for (t in 1 : T)
        lp[t] = sum(log1m(gamma[1 : (t - 1)])) + log(gamma[t]) + log1m(p) + log(chi[t]);
      lp[T + 1] = sum(log1m(gamma));
      target += log_sum_exp(lp);
    }
  }
}
data {
  int<lower=0> M;
  int<lower=1> T;
  array[M, T] int<lower=0, upper=1> y;
}
transformed data {
  array[M] int first = rep_array(0, M);
  array[M] int last = rep_array(0, M);
  for (i in 1 : M)
    for (t in 1 : T)
      if (y[i, t] == 1) {
        if (first[i] == 0)
          first[i] = t;
        last[i] = t;
      }
}
parameters {
  real<lower=0, upper=1> phi;
  real<lower=0, upper=1> p;
  vector<lower=0, upper=1>[T] gamma;
}
model {
  /*@prior*/ phi ~ beta(4, 2);
  /*@prior*/ p ~ uniform(0, 1);
  /*@prior*/ gamma ~ beta(1, 3);
  for (i in 1 : M)
    /*@likelihood*/ js_history_lp(y[i], first[i], last[i], gamma, phi, p);
}
