data {
  int<lower=1> num_data;
  int<lower=2> num_basis;
  array[num_data] real Y;
  matrix[num_data, num_basis] B;
}
parameters {
  row_vector[num_basis] a_raw;
  real a0;
  real<lower=0> sigma;
  real<lower=0> tau;
}
transformed parameters {
  row_vector[num_basis] a;
  vector[num_data] Y_hat;
  a[1] = a_raw[1];
  for (i in 2:num_basis)
    a[i] = a[i - 1] + a_raw[i] * tau;
  Y_hat = a0 + B * a';
}
model {
  /*@population*/ a_raw ~ normal(0, 1);
  /*@prior*/ tau ~ normal(0, 1);
  /*@prior*/ a0 ~ normal(0, 5);
  /*@prior*/ sigma ~ normal(0, 1);
  /*@likelihood*/ Y ~ normal(Y_hat, sigma);
}
