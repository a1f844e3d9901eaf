functions {
  real cox_breslow_lpdf(vector t, array[] int d, vector eta) {
    int N = num_elements(t);
    array[N] int ord = sort_indices_desc(t);
    real lp = 0;
    real log_risk = negative_infinity();
    for (k in 1 : N) {
      int i = ord[k];
      log_risk = log_sum_exp(log_risk, eta[i]);
      if (d[i])
        lp += eta[i] - log_risk;
    }
    return lp;
  }
}
data {
  int N;
  vector[N] time;
  array[N] int d;
  vector[N] age;
  int C;
  array[N] int centre;
}
parameters {
  real b_age;
  vector[C] w;
  real<lower=0> sd_w;
}
model {
  /*@prior*/ b_age ~ student_t(4, 0, 1);
  /*@population*/ w ~ normal(0, sd_w);
  /*@prior*/ sd_w ~ cauchy(0, 0.5);
  /*@likelihood*/ time ~ cox_breslow(d, b_age * age + w[centre]);
}
