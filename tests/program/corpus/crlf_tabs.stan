
data {
	int<lower=1> N;
	vector[N]	x;
	vector[N]	y;	// y ~ normal(0, 1);
}
parameters {
	real a;	real b;
	vector[3] c;
	real<lower=0> s;
}
model {
	/*@prior*/ a	~	normal(0,	1);
	/*@prior*/ c[1] ~ normal(0, 1);	// prior
	for (n in 1:N)
		/*@likelihood*/ y[n] ~ normal(a + b * x[n]
			+ sum(c),	s);
	/*@prior*/ target
		+= exponential_lpdf(s | 1);
}
generated quantities {
	array[N] real y_rep = normal_rng(a + b * x, s);
}
