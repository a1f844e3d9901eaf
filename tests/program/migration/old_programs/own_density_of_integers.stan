functions {
  real dbl_log(int[] y, vector p) {
    real lp;
    lp <- 0;
    for (n in 1:size(y)) lp <- lp + categorical_log(y[n], p);
    return lp;
  }
}
data { int N; int<lower=1,upper=3> y[N]; }
parameters { simplex[3] p; }
model { y ~ dbl(p); }
