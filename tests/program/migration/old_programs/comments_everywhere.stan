// title: real x[N] <- y
data { # one "quote
  int N; /* real z[N];
            increment_log_prob(1) */
  real y[N] ; # it's an apostrophe
  real x[ N /* rows */ ,
          2 ]; // two lines
}
## parameters block
parameters { real mu; }
##### model #####
model {
  y ~ normal(mu, 1); //# already
  print("y[1] <- ", y[1], " # if_else(a,b,c)");
}
