// Renewal equation with a random walk of the log reproduction number.
data {
  int<lower=2> T;
  int<lower=1> S;
  array[T] int<lower=0> cases;
  vector[S] gen; // generation interval
  array[T] int<lower=1, upper=7> dow;
}
transformed data {
  vector[S] gen_rev = reverse(gen);
}
parameters {
  real log_R1;
  vector[T - 1] noise;
  real<lower=0> gp_sd;
  real<lower=0> I0;
  simplex[7] week;
  real<lower=0> phi_recip;
  real<lower=0, upper=1> ascertained;
}
transformed parameters {
  vector[T] log_R = log_R1 + gp_sd * append_row(0, cumulative_sum(noise));
  vector[S + T] infections;
  infections[1 : S] = rep_vector(I0, S);
  for (t in 1 : T)
    infections[S + t] = exp(log_R[t]) * dot_product(infections[t : (t + S - 1)], gen_rev);
}
model {
  /*@prior*/ log_R1 ~ normal(0, 0.5);
  /*@population*/ noise ~ std_normal();
  /*@prior*/ gp_sd ~ normal(0, 0.2);
  /*@prior*/ I0 ~ exponential(0.02);
  /*@prior*/ week ~ dirichlet(rep_vector(5, 7));
  /*@prior*/ phi_recip ~ normal(0, 1);
  /*@prior*/ ascertained ~ beta(5, 15);
  /*@likelihood*/ cases ~ neg_binomial_2(ascertained * 7 * infections[(S + 1) : (S + T)] .* week[dow], 1 / square(phi_recip));
}
