data { int N; real x[N]; int z[N]; }
parameters { real mu; }
model {
  real s;
  s<-0;
  for (i in 1:N) {
    if (x[i] <-1) s <- s + 1;
    else if (z[i]<-2 || x[i] < - 3)
      s <--s;
    while (s <-5) s<-s+1;
  }
  mu ~ normal(s, 1);
}
