data { int N; real y[N]; int c[N]; }
parameters { real a; real b; }
model {
  real mu;
  for (n in 1:N) {
    if (c[n] == 1) # first group
      mu <- a;
    else // second group
      mu <- b; /* done */
    if (c[n] == 1) # densities over lines
      increment_log_prob( # opening
        normal_log( y[n] # outcome
                  , mu # location
                  , 1 ) # scale
      ) ; # closing
  }
}
