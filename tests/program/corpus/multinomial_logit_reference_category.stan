data {
  int<lower=2> K;
  int<lower=0> N;
  int<lower=1> D;
  array[N] int<lower=1, upper=K> choice;
  matrix[N, D] x;
}
transformed data {
  vector[D] zeros = rep_vector(0, D);
}
parameters {
  matrix[D, K - 1] beta_raw;
  vector[K - 1] alpha_raw;
}
transformed parameters {
  matrix[D, K] beta = append_col(beta_raw, zeros);
  vector[K] alpha = append_row(alpha_raw, 0);
}
model {
  /*@prior*/ to_vector(beta_raw) ~ normal(0, 2);
  /*@prior*/ alpha_raw ~ student_t(4, 0, 2);
  /*@likelihood*/ choice ~ categorical_logit_glm(x, alpha, beta);
}
