parameters { real m; array[2] real z; }
model { /*@prior*/ m ~ normal(0,1); /*@population*/ z ~ normal(m,1); for (q in {1,2}) /*@population*/ target += -abs(z[q]); }
