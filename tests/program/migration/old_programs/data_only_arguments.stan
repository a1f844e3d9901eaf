functions {
  real[,] outer(data real[] a, real[] b) {
    real z[size(a), size(b)];
    for (i in 1:size(a)) for (j in 1:size(b)) z[i, j] = a[i] * b[j];
    return z;
  }
}
data { int N; real x[N]; }
parameters { real b[2]; }
model { real m[N, 2] = outer(x, b); b ~ normal(0, 1); m[1] ~ normal(0, 1); }
