data { int N; vector[N] x; vector[N] y; int M; vector[M] x_new; }
parameters { real a; real b; real<lower=0> s; real<lower=1> nu; }
model { y ~ student_t(nu, a + b * x, s); nu ~ gamma(2, 0.1); }
generated quantities {
  real y_new[M];
  real ll;
  for (m in 1:M) y_new[m] <- student_t_rng(nu, a + b * x_new[m], s);
  ll <- student_t_log(y, nu, a + b * x, s);
}
