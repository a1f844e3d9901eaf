data {
  int<lower=1> M;
  int<lower=1> T;
  int<lower=1> W;
  int<lower=1> T_seed;
  array[T] int<lower=1, upper=W> week;
  array[T, M] int<lower=0> deaths;
  vector[T] SI;
  matrix[T, M] f;
}
transformed data {
  vector[T] SI_rev = reverse(SI);
  matrix[T, M] f_rev;
  for (m in 1 : M) f_rev[ : , m] = reverse(f[ : , m]);
}
parameters {
  vector<lower=0>[M] mu;
  real<lower=0> kappa;
  vector<lower=0>[M] y;
  real<lower=0> tau;
  matrix[W, M] weekly_raw;
  real<lower=0> sd_week;
  vector<lower=0>[M] ifr_noise;
  real<lower=0> phi;
}
transformed parameters {
  matrix[T, M] infections;
  matrix[T, M] E_deaths;
  matrix[T, M] Rt;
  for (m in 1 : M) {
    vector[W] walk = sd_week * cumulative_sum(weekly_raw[ : , m]);
    infections[1 : T_seed, m] = rep_vector(y[m], T_seed);
    Rt[ : , m] = mu[m] * exp(-walk[week]);
    for (t in (T_seed + 1) : T) {
      real conv = dot_product(head(infections[ : , m], t - 1), tail(SI_rev, t - 1));
      infections[t, m] = Rt[t, m] * conv;
    }
    E_deaths[1, m] = 1e-9;
    for (t in 2 : T) {
      E_deaths[t, m] = 1e-9 + ifr_noise[m]
                       * dot_product(head(infections[ : , m], t - 1), tail(f_rev[ : , m], t - 1));
    }
  }
}
model {
  /*@prior*/ tau ~ exponential(0.03);
  /*@population*/ y ~ exponential(1 / tau);
  /*@prior*/ phi ~ normal(0, 5);
  /*@prior*/ kappa ~ normal(0, 0.5);
  /*@population*/ mu ~ normal(3.28, kappa);
  /*@population*/ to_vector(weekly_raw) ~ std_normal();
  /*@prior*/ sd_week ~ normal(0, 0.2);
  /*@prior*/ ifr_noise ~ normal(1, 0.1);
  for (m in 1 : M) {
    /*@likelihood*/ deaths[2 : T, m] ~ neg_binomial_2(E_deaths[2 : T, m], phi);
  }
}
