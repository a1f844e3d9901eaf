// Normal/half-normal frontier, the inefficiency integrated out by hand.
functions {
  real frontier_lpdf(vector eps, real sigma_u, real sigma_v) {
    real s = hypot(sigma_u, sigma_v);
    real l = sigma_u / sigma_v;
    return num_elements(eps) * log(2) + normal_lpdf(eps | 0, s) + std_normal_lcdf(-eps * l / s);
  }
}
data {
  int<lower=1> N;
  vector[N] log_output;
  vector[N] log_labour;
  vector[N] log_capital;
}
parameters {
  real a;
  real bl;
  real bk;
  real log_sigma_u;
  real<lower=0> sigma_v;
}
transformed parameters {
  real<lower=0> sigma_u = exp(log_sigma_u);
  /*@adjustment*/ jacobian += log_sigma_u;
}
model {
  /*@likelihood*/ target += frontier_lpdf(log_output - a - bl * log_labour - bk * log_capital | sigma_u, sigma_v);
  // constant returns to scale, softly
  /*@prior*/ target += normal_lpdf(bl + bk | 1, 0.1);
  /*@prior*/ target += normal_lpdf(a | 0, 2) - log(sigma_v);
  /*@prior*/ target += normal_lpdf(sigma_u | 0, 1);
}
