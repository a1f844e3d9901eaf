data {
  int<lower=1> N;
  int<lower=1> Q;
  array[Q] vector[N] item;
}
parameters {
  vector[Q] tau;
  vector<lower=0>[Q] lambda;
  vector<lower=0>[Q] theta;
  vector[N] f;
}
model {
  /*@prior*/ target += normal_lupdf(tau | 3, 2);
  /*@prior*/ target += normal_lupdf(lambda | 1, 1);
  /*@prior*/ target += inv_gamma_lupdf(theta | 2, 1);
  /*@population*/ target += std_normal_lupdf(f);
  for (q in 1:Q)
    /*@likelihood*/ target += normal_lupdf(item[q] | tau[q] + lambda[q] * f, sqrt(theta[q]));
}
generated quantities {
  real omega = square(sum(lambda)) / (square(sum(lambda)) + sum(theta));
}
