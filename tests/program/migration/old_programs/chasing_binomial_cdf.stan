data { int<lower=0> nfails; int<lower=0> n; int<lower=0> z; }
parameters { real<lower=.25,upper=1> theta; }
model {
  z ~ binomial(n, theta);
  increment_log_prob(nfails * log(binomial_cdf(25, n, theta)
                                  - binomial_cdf(14, n, theta)));
}
