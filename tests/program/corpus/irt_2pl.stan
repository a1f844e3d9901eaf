data { int<lower=1> I, J; array[I, J] int<lower=0, upper=1> Y; }
parameters { vector[J] theta; vector<lower=0>[I] alpha; vector[I] beta; real mu_beta; real<lower=0> sigma_beta; }
model {
  /*@prior*/ theta ~ std_normal();
  /*@prior*/ alpha ~ lognormal(0, 0.5);
  /*@population*/ beta ~ normal(mu_beta, sigma_beta);
  /*@prior*/ mu_beta ~ cauchy(0, 5);
  /*@prior*/ sigma_beta ~ cauchy(0, 5);
  for (i in 1 : I)
    /*@likelihood*/ Y[i] ~ bernoulli_logit(alpha[i] * (theta - beta[i]));
}
