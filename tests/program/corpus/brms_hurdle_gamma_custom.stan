functions {
  /* hurdle gamma log density of one response
   * hu: probability of a zero
   */
  real hurdle_gamma_logit_lpdf(real y, real mu, real shape, real hu) {
    if (y == 0) {
      return bernoulli_logit_lpmf(1 | hu);
    } else {
      return bernoulli_logit_lpmf(0 | hu)
             + gamma_lpdf(y | shape, shape / mu);
    }
  }
}
data {
  int<lower=1> N;
  vector[N] Y;
  vector[N] x;
  int<lower=1> N_1;
  int<lower=1> M_1;
  array[N] int<lower=1> J_1;
  vector[N] Z_1_hu_1;
  int prior_only;
}
parameters {
  real Intercept;
  vector[1] b;
  real<lower=0> shape;
  real Intercept_hu;
  vector<lower=0>[M_1] sd_1;
  array[M_1] vector[N_1] z_1;
}
transformed parameters {
  vector[N_1] r_1_hu_1 = (sd_1[1] * (z_1[1]));
  real lprior = student_t_lpdf(Intercept | 3, 0, 2.5)
                + normal_lpdf(b | 0, 1)
                + gamma_lpdf(shape | 0.01, 0.01)
                + logistic_lpdf(Intercept_hu | 0, 1)
                + student_t_lpdf(sd_1 | 3, 0, 2.5) - 1 * student_t_lccdf(0 | 3, 0, 2.5);
}
model {
  if (!prior_only) {
    vector[N] mu = rep_vector(0.0, N);
    vector[N] hu = rep_vector(0.0, N);
    mu += Intercept + x * b[1];
    hu += Intercept_hu;
    for (n in 1:N) {
      hu[n] += r_1_hu_1[J_1[n]] * Z_1_hu_1[n];
    }
    mu = exp(mu);
    for (n in 1:N) {
      /*@likelihood*/ target += hurdle_gamma_logit_lpdf(Y[n] | mu[n], shape, hu[n]);
    }
  }
  /*@prior*/ target += lprior;
  /*@population*/ target += std_normal_lpdf(z_1[1]);
}
