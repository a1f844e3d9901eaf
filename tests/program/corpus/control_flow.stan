data {
  int<lower=1> N;
  vector[N] y;
  int<lower=1, upper=3> choice;
  int<lower=0, upper=1> flag;
}
parameters {
  real mu;
  real nu;
  real<lower=0> sigma;
}
model {
  if (choice == 1)
    if (flag)
      /*@prior*/ mu ~ normal(0, 1);
    else
      /*@prior*/ mu ~ normal(0, 2);
  else if (choice == 2)
    /*@prior*/ mu ~ student_t(4, 0, 1);
  else if (choice == 3) {
    /*@prior*/ mu ~ cauchy(0, 1);
  } else
    reject("choice is ", choice, "; target += 1");
  if (flag == 1) if (N > 100) /*@prior*/ nu ~ normal(1, 1); else /*@prior*/ nu ~ normal(2, 1);
  int n = 0;
  while (n < N) {
    n += 1;
    if (y[n] > 90) continue;
    if (n > 1000) break;
    /*@likelihood*/ y[n] ~ normal(mu, sigma);
  }
  for (i in 1 : N) {
    if (i == 2) continue;
    profile("likelihood { }") {
      real m = flag == 1 ? mu : nu;
      {
        /*@likelihood*/ y[i] ~ normal(y[i] > 1 ? m : nu, sigma);
      }
    }
    if (i > 3) { break; }
  }
  /*@prior*/ target += flag == 1 ? normal_lpdf(nu | 0, 1) : student_t_lpdf(nu | 3, 0, 1);
  /*@prior*/ target += choice > 1 ? exponential_lpdf(sigma | 1) : 0;
  if (mu > 0)
    /*@prior*/ target += -0.1 * mu;
}
