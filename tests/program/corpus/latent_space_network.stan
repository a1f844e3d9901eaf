data {
  int<lower=2> N;
  array[N, N] int<lower=0, upper=1> tie;
}
parameters {
  real alpha;
  array[N] vector[2] pos;
  real<lower=0> s_pos;
  array[2] vector[N] effect_raw; // sender, receiver
  array[2] real<lower=0> s_eff;
}
transformed parameters {
  vector[N] sender = s_eff[1] * effect_raw[1];
  vector[N] receiver = s_eff[2] * effect_raw[2];
}
model {
  for (i in 1 : N)
    for (j in 1 : N)
      if (i != j)
        /*@likelihood*/ tie[i, j] ~ bernoulli_logit(alpha + sender[i] + receiver[j] - squared_distance(pos[i], pos[j]));
  for (i in 1 : N)
    /*@population*/ pos[i] ~ multi_normal([0, 0]', diag_matrix(rep_vector(square(s_pos), 2)));
  for (d in 1 : 2)
    /*@population*/ effect_raw[d] ~ std_normal();
  /*@prior*/ alpha ~ normal(0, 2);
  /*@prior*/ s_pos ~ inv_gamma(3, 4);
  /*@prior*/ s_eff ~ normal(0, 1);
}
