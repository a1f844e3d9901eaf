// Daily latent support with house effects, anchored at the election result.
data {
  int T;
  int N;
  int H;
  array[N] int<lower=1, upper=T> day;
  array[N] int<lower=1, upper=H> house;
  vector[N] share;
  vector<lower=0>[N] n_resp;
  real<lower=0, upper=1> election_share;
}
transformed data {
  vector[N] se = sqrt(share .* (1 - share) ./ n_resp);
}
parameters {
  vector[T] xi;
  real<lower=0> omega;
  sum_to_zero_vector[H] delta;
  real<lower=0> sd_house;
}
model {
  /*@prior*/ omega ~ normal(0, 0.02) T[0, ];
  /*@prior*/ sd_house ~ normal(0, 0.05);
  /*@population*/ xi[1] ~ normal(0.5, 0.1);
  for (t in 2 : T) {
    /*@population*/ xi[t] ~ normal(xi[t - 1], omega);
  }
  /*@population*/ delta ~ normal(0, sd_house);
  /*@likelihood*/ share ~ normal(xi[day] + delta[house], se);
  /*@likelihood*/ target += normal_lpdf(election_share | xi[T], 0.0025);
}
generated quantities {
  real lead = 2 * xi[T] - 1;
}
