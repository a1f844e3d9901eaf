data {
  int<lower=1> n;
  int<lower=1> I;
  int<lower=1> R;
  array[n] int<lower=1, upper=I> ii;
  array[n] int<lower=1, upper=R> rr;
  vector[n] score;
}
parameters {
  real mu;
  vector[I] subject;
  vector[R] rater_raw;
  real<lower=0> sigma_subject;
  real<lower=0> sigma_rater;
  real<lower=0> sigma;
}
transformed parameters {
  vector[R] rater = rater_raw * sigma_rater;
}
model {
  /*@prior*/ mu ~ normal(5, 5);
  /*@prior*/ sigma_subject ~ normal(0, 2);
  /*@prior*/ sigma_rater ~ normal(0, 2);
  /*@prior*/ sigma ~ normal(0, 2);
  /*@population*/ subject ~ normal(0, sigma_subject);
  /*@population*/ rater_raw ~ double_exponential(0, 1);
  /*@likelihood*/ score ~ normal(mu + subject[ii] + rater[rr], sigma);
}
