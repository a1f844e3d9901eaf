# Kappa Coefficient of Agreement
data {
  int<lower=0> y[4];
}
parameters {
  # Underlying Rates
  # Rate objective method decides "one"
  real<lower=0,upper=1> alpha;
  # Rate that surrogate isn't wrong
  real<lower=0,upper=1> beta;
  real<lower=0,upper=1> gamma;
}
transformed parameters {
  simplex[4] pi;
  real xi;
  pi[1] <- alpha * beta;
  pi[2] <- alpha * (1 - beta);
  pi[3] <- (1 - alpha) * (1 - gamma);
  pi[4] <- (1 - alpha) * gamma;
  xi <- pi[1] + pi[4];  # rate of agreement: "xi"
}
model {
  alpha ~ beta(1, 1);  # could be removed
  beta ~ beta(1, 1);
  gamma ~ beta(1, 1);
  y ~ multinomial(pi);
}
