data {
  int<lower=1> I;
  int<lower=1> J;
  int<lower=1> N;
  array[N] int<lower=1, upper=I> item;
  array[N] int<lower=1, upper=J> person;
  array[N] int<lower=0, upper=1> correct;
}
parameters {
  vector<lower=0>[I] alpha;
  vector[I] beta;
  vector[J] theta;
}
model {
  /*@prior*/ alpha ~ lognormal(0.5, 1);
  /*@prior*/ beta ~ normal(0, 3);
  /*@prior*/ theta ~ std_normal();
  for (n in 1:N)
    /*@likelihood*/ correct[n] ~ bernoulli_logit(alpha[item[n]] * (theta[person[n]] - beta[item[n]]));
}
