// Continuous-time (Ornstein-Uhlenbeck) affect model with subject-varying
// drift and set point; latent states are filtered, not sampled.
data {
  int<lower=1> nsubj;
  int<lower=1> nobs;
  array[nobs] int<lower=1, upper=nsubj> subj;
  vector[nobs] time;
  vector[nobs] y;
}
parameters {
  vector[2] rawpopmeans;
  vector[2] rawpopsdbase;
  matrix[nsubj, 2] baseindparams;
  real logdiffusion;
  real<lower=0> merror;
}
transformed parameters {
  vector[2] rawpopsd = exp(2 * rawpopsdbase - 1);
}
model {
  real ll = 0;
  real m;
  real P;
  real q = exp(2 * logdiffusion);
  /*@prior*/ rawpopmeans ~ normal(0, 1);
  /*@prior*/ rawpopsdbase ~ normal(0, 1);
  /*@population*/ to_vector(baseindparams) ~ normal(0, 1);
  /*@prior*/ logdiffusion ~ normal(0, 1);
  /*@prior*/ merror ~ gamma(2, 4);
  for (i in 1 : nobs) {
    real drift = -log1p_exp(rawpopmeans[1] + rawpopsd[1] * baseindparams[subj[i], 1]);
    real setpoint = rawpopmeans[2] + rawpopsd[2] * baseindparams[subj[i], 2];
    real Pinf = -q / (2 * drift);
    if (i == 1 || subj[i] != subj[i - 1]) {
      m = setpoint;
      P = Pinf;
    } else {
      real e = exp(drift * (time[i] - time[i - 1]));
      m = setpoint + e * (m - setpoint);
      P = Pinf + square(e) * (P - Pinf);
    }
    real S = P + square(merror);
    ll += normal_lpdf(y[i] | m, sqrt(S));
    m += P / S * (y[i] - m);
    P -= square(P) / S;
  }
  /*@likelihood*/ target += ll;
}
