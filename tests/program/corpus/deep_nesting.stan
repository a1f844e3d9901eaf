data { int A, B; array[A, B, 2] real Y; int on; }
parameters { array[A] vector[B] theta; vector[A] mu; real<lower=0> tau; real<lower=0> omega; real<lower=0> s; }
model {
  { { { {
    if (on) { if (A > 1) { if (B > 1) { if (s > 0) {
      for (a in 1 : A) {
        profile("outer") {
          for (b in 1 : B) {
            int i = 0;
            while (i < 2) {
              i += 1;
              {
                real m = theta[a, b];
                if (on == 1) { if (i == 1) {
                  { /*@likelihood*/ Y[a, b, i] ~ normal(m, s); }
                } else { {
                  real r = Y[a, b, i] - m;
                  /*@likelihood*/ r ~ normal(0, s);
                } } } else if (on == 2) {
                  /*@likelihood*/ target += normal_lpdf(Y[a, b, i] | m, 2 * s);
                }
              }
            }
            if (b >= 1) /*@population*/ theta[a][b] ~ normal(mu[a], tau);
          }
        }
        { { /*@population*/ mu[a] ~ normal(0, omega); } }
      }
    } } } }
    else { { /*@prior*/ s ~ normal(0, 1); } }
    { { for (k in 1 : 1) for (l in {1}) { { /*@prior*/ s ~ exponential(l); } } } }
    /*@prior*/ [tau, omega] ~ exponential(1);
  } } } }
}
