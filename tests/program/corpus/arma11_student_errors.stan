functions {
  vector arma_errors(vector y, real mu, real phi, real theta) {
    int T = num_elements(y);
    vector[T] err;
    real nu = mu + phi * mu;
    err[1] = y[1] - nu;
    for (t in 2 : T) {
      nu = mu + phi * y[t - 1] + theta * err[t - 1];
      err[t] = y[t] - nu;
    }
    return err;
  }
}
data {
  int<lower=1> T;
  array[T] real y;
}
parameters {
  real mu;
  real<lower=-1, upper=1> phi;
  real<lower=-1, upper=1> theta;
  real<lower=0> sigma;
  real<lower=2> nu;
}
model {
  vector[T] err = arma_errors(to_vector(y), mu, phi, theta);
  /*@prior*/ mu ~ normal(0, 10);
  /*@prior*/ phi ~ normal(0, 2) T[-1, 1];
  /*@prior*/ theta ~ normal(0, 2);
  /*@prior*/ sigma ~ cauchy(0, 5);
  /*@prior*/ nu - 2 ~ gamma(2, 0.1);
  /*@likelihood*/ err ~ student_t(nu, 0, sigma);
}
