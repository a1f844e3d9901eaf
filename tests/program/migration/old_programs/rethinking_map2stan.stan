data{
    int<lower=1> N;
    int<lower=1> N_society;
    int total_tools[N];
    real logpop[N];
    int society[N];
}
parameters{
    real a;
    real bp;
    vector[N_society] a_society;
    real<lower=0> sigma_society;
}
model{
    vector[N] mu;
    sigma_society ~ cauchy( 0 , 1 );
    a_society ~ normal( 0 , sigma_society );
    bp ~ normal( 0 , 1 );
    a ~ normal( 0 , 10 );
    for ( i in 1:N ) {
        mu[i] <- a + a_society[society[i]] + bp * logpop[i];
    }
    total_tools ~ poisson_log( mu );
}
generated quantities{
    vector[N] mu;
    real dev;
    dev <- 0;
    for ( i in 1:N ) {
        mu[i] <- a + a_society[society[i]] + bp * logpop[i];
    }
    dev <- dev + (-2)*poisson_log_log( total_tools , mu );
}
