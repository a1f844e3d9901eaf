data {
  int<lower=0> N;
  int<lower=0> J;
  array[N] int<lower=1, upper=J> g;
  vector[N] y;
  vector[2] y2;
}
parameters {
  real a;
  real b;
  real c;
  vector[J] theta;
  real<lower=0> tau;
  real<lower=0> s;
}
model {
  /*@prior*/ target += normal_lpdf(b | 0, 1) // the slope { ; ~
                       + normal_lpdf(c | 0, 1) /* + normal_lpdf(y | 0, 1); */
                       - normal_lccdf(0 | 0, 1);
  target += /*@likelihood*/ normal_lpdf(y | a + theta[g], s) // first term
            + /*@prior*/ normal_lpdf(a | b, 10)
            + /*@population*/ normal_lpdf(theta | 0, tau)
            + /*@prior*/ student_t_lpdf(tau | 3, 0, 1) - /*@prior*/ student_t_lccdf(0 | 3, 0, 1)
            + /*@prior*/ exponential_lpdf(s | 1);
  /*@likelihood*/ target += 0.5 * normal_lpdf(y2 | b, s);
  /*@likelihood*/ target += normal_lupdf(y2[1] | b + c, 1) / 2;
  /*@prior*/ target += 2 * (normal_lpdf(c | 0, 3) + normal_lpdf(b | 0, 3));
  /*@prior*/ target += -(-std_normal_lpdf(c | ));
}
