data { int N; }
transformed data { vector[2] x[3]; matrix[2,2] m[2]; x[1][2] <- 1; x[2, 1] <- 2; m[1][1, 2] <- 3; m[2, 1] <- to_row_vector(x[1]); }
parameters { real mu; }
model { mu ~ normal(x[1][2], 1); }
