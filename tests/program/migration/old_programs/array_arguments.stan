functions {
  real[] shift(real[] x, int k) {
    real z[size(x)];
    for (i in 1:size(x)) z[i] <- x[i] + k;
    return z;
  }
  vector[] stack(vector a, vector b) {
    vector[rows(a)] out[2];
    out[1] <- a;
    out[2] <- b;
    return out;
  }
  int[,] ones(int n, int m) {
    int z[n, m];
    for (i in 1:n) for (j in 1:m) z[i, j] <- 1;
    return z;
  }
}
data { int N; real x[N]; }
transformed data {
  real w[N];
  w <- shift(x, 2);
}
parameters { real mu; }
model { w ~ normal(mu, 1); }
