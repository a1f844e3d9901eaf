functions {
  void log_scale_jacobian(vector u) {
    for (i in 1 : size(u)) jacobian += u[i];
  }
}
data { int N; vector[N] y; }
parameters { vector[2] u; real m; }
transformed parameters {
  vector<lower=0>[2] s = exp(u);
  /*@adjustment*/ log_scale_jacobian(u);
}
model {
  /*@prior*/ s ~ exponential(1);
  /*@prior*/ m ~ normal(0, 2);
  /*@likelihood*/ y ~ normal(m, s[1] + s[2]);
}
