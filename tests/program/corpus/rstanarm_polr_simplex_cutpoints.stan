functions {
  vector make_cutpoints(vector probabilities, real scale) {
    int C = rows(probabilities) - 1;
    vector[C] cutpoints;
    real running_sum = 0;
    for (c in 1:C) {
      running_sum += probabilities[c];
      cutpoints[c] = logit(running_sum);
    }
    return scale * cutpoints;
  }
  // log probability of each observed category
  vector pw_polr(array[] int y, vector eta, vector cutpoints) {
    int N = rows(eta);
    int J = rows(cutpoints) + 1;
    vector[N] ll;
    for (n in 1:N) {
      if (y[n] == 1)
        ll[n] = log_inv_logit(cutpoints[1] - eta[n]);
      else if (y[n] == J)
        ll[n] = log1m_inv_logit(cutpoints[J - 1] - eta[n]);
      else
        ll[n] = log(inv_logit(cutpoints[y[n]] - eta[n])
                    - inv_logit(cutpoints[y[n] - 1] - eta[n]));
    }
    return ll;
  }
}
data {
  int<lower=1> N;
  int<lower=1> K;
  int<lower=3> J;
  matrix[N, K] X;
  array[N] int<lower=1, upper=J> y;
  vector<lower=0>[J] prior_counts;
  int<lower=0, upper=1> prior_PD;
  int<lower=0, upper=1> do_residuals;
}
parameters {
  simplex[J] pi;
  vector[K] z_beta;
}
transformed parameters {
  vector[K] beta = 2.5 * z_beta;
  vector[J - 1] cutpoints = make_cutpoints(pi, 1.0);
}
model {
  if (prior_PD == 0) {
    vector[N] eta = X * beta;
    /*@likelihood*/ target += pw_polr(y, eta, cutpoints);
  }
  /*@prior*/ target += normal_lpdf(z_beta | 0, 1);
  /*@prior*/ target += dirichlet_lpdf(pi | prior_counts);
}
