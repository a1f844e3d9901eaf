data {
  int<lower=1> K; // subjects
  array[K] int<lower=0> n_signal;
  array[K] int<lower=0> n_noise;
  array[K] int<lower=0> hits;
  array[K] int<lower=0> fa;
}
parameters {
  array[K] vector[2] dc; // sensitivity and criterion
  vector[2] mu;
  vector<lower=0>[2] tau;
  corr_matrix[2] R;
}
model {
  /*@prior*/ mu ~ normal(0, 1.5);
  /*@prior*/ tau ~ student_t(3, 0, 1);
  /*@prior*/ R ~ lkj_corr(2);
  /*@population*/ dc ~ multi_normal(mu, quad_form_diag(R, tau));
  for (k in 1 : K) {
    /*@likelihood*/ hits[k] ~ binomial(n_signal[k], Phi(0.5 * dc[k, 1] - dc[k, 2]));
    /*@likelihood*/ fa[k] ~ binomial(n_noise[k], Phi(-0.5 * dc[k, 1] - dc[k, 2]));
  }
}
