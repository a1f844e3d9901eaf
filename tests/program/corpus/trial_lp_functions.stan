functions {
  void exchangeable_lp(vector u, real m, real s) {
    u ~ normal(m, s);
  }
  void weak_lp(real m, real s) {
    m ~ normal(0, 2);
    s ~ student_t(3, 0, 1);
  }
  void arm_lp(array[] int events, array[] int at_risk, vector log_odds) {
    for (i in 1 : size(events)) {
      events[i] ~ binomial_logit(at_risk[i], log_odds[i]);
    }
  }
}
data {
  int<lower=1> C;
  array[C] int<lower=0> r_ctl;
  array[C] int<lower=1> n_ctl;
  array[C] int<lower=0> r_trt;
  array[C] int<lower=1> n_trt;
}
parameters {
  vector[C] baseline;
  vector[C] effect;
  real m_base;
  real<lower=0> s_base;
  real m_eff;
  real<lower=0> s_eff;
}
model {
  /*@prior*/ weak_lp(m_base, s_base);
  /*@prior*/ weak_lp(m_eff, s_eff);
  /*@population*/ exchangeable_lp(baseline, m_base, s_base);
  /*@population*/ exchangeable_lp(effect, m_eff, s_eff);
  /*@likelihood*/ arm_lp(r_ctl, n_ctl, baseline - 0.5 * effect);
  /*@likelihood*/ arm_lp(r_trt, n_trt, baseline + 0.5 * effect);
}
generated quantities {
  real effect_new = normal_rng(m_eff, s_eff);
}
