data {
  int<lower=1> S;
  int<lower=2> C;
  array[S, C] int<lower=0> counts;
}
parameters {
  simplex[C] centre;
  real<lower=0> conc;
  array[S] simplex[C] p;
}
model {
  /*@prior*/ centre ~ dirichlet(rep_vector(2.0, C));
  /*@prior*/ conc ~ lognormal(2, 1);
  for (s in 1:S) {
    /*@population*/ p[s] ~ dirichlet(conc * centre);
    /*@likelihood*/ counts[s] ~ multinomial(p[s]);
  }
}
