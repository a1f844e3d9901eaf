functions {
  int rle_elem_count(int[] set) {
    int U;
    U <- 1;
    for (i in 2:num_elements(set)) {
      if (set[i-1] != set[i])
        U <- U + 1;
    }
    return(U);
  }
  int[] rle_int(int[] set) {
    int res[rle_elem_count(set)];
    int c;
    res[1] <- 1;
    c <- 1;
    for (i in 2:num_elements(set)) {
      if (set[i-1] == set[i]) { res[c] <- res[c] + 1; }
      else { c <- c + 1; res[c] <- 1; }
    }
    return(res);
  }
  matrix one_compartment(vector Dt, vector theta);
  matrix one_compartment(vector Dt, vector theta) {
    matrix[num_elements(Dt), 2] l;
    l[, 1] <- exp(-theta[1] * Dt);
    l[, 2] <- 1 - l[, 1];
    return(l);
  }
}
data { int<lower=1> N; vector<lower=0>[N] time; int id[N]; vector[N] dv; }
transformed data {
  int M[rle_elem_count(id)];
  M <- rle_int(id);
}
parameters { vector<lower=0>[1] theta; real<lower=0> s; }
model {
  matrix[N,2] ly;
  ly <- one_compartment(time, theta);
  dv ~ normal(ly[, 2], s);
}
