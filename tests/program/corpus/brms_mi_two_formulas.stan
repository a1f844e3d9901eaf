data {
  int<lower=1> N;
  vector[N] Y_bmi;
  vector[N] Y_chl;                       // anything where missing
  int<lower=0> Nmi_chl;
  array[Nmi_chl] int<lower=1> Jmi_chl;
  vector[N] age;
  int prior_only;
}
parameters {
  real Intercept_bmi;
  vector[1] b_bmi;
  vector[1] bsp_bmi;
  real<lower=0> sigma_bmi;
  vector[Nmi_chl] Ymi_chl;
  real Intercept_chl;
  vector[1] b_chl;
  real<lower=0> sigma_chl;
}
transformed parameters {
  real lprior = 0;
  lprior += student_t_lpdf(Intercept_bmi | 3, 0, 2.5);
  lprior += student_t_lpdf(sigma_bmi | 3, 0, 2.5) - 1 * student_t_lccdf(0 | 3, 0, 2.5);
  lprior += student_t_lpdf(Intercept_chl | 3, 0, 2.5);
  lprior += student_t_lpdf(sigma_chl | 3, 0, 2.5) - 1 * student_t_lccdf(0 | 3, 0, 2.5);
}
model {
  if (!prior_only) {
    vector[N] Yl_chl = Y_chl;
    vector[N] mu_bmi = rep_vector(0.0, N);
    vector[N] mu_chl = rep_vector(0.0, N);
    Yl_chl[Jmi_chl] = Ymi_chl;
    mu_bmi += Intercept_bmi + age * b_bmi[1];
    mu_chl += Intercept_chl + age * b_chl[1];
    for (n in 1:N) {
      mu_bmi[n] += (bsp_bmi[1]) * Yl_chl[n];
    }
    /*@likelihood*/ target += normal_lpdf(Y_bmi | mu_bmi, sigma_bmi);
    /*@likelihood*/ target += normal_lpdf(Yl_chl | mu_chl, sigma_chl);
  }
  /*@prior*/ target += lprior;
}
