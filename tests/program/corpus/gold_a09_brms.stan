data { int N; vector[N] Y; int J; array[N] int J_1; int prior_only; }
parameters { real b0; real<lower=0> sigma; vector<lower=0>[1] sd_1; array[1] vector[J] z_1; }
transformed parameters { vector[J] r_1_1 = (sd_1[1] * (z_1[1])); real lprior = 0; lprior += student_t_lpdf(b0|3,0,2.5); lprior += student_t_lpdf(sigma|3,0,2.5) - 1 * student_t_lccdf(0|3,0,2.5); lprior += student_t_lpdf(sd_1|3,0,2.5) - 1 * student_t_lccdf(0|3,0,2.5); }
model { if (!prior_only) { vector[N] mu = rep_vector(0.0, N); mu += b0; for (n in 1:N) mu[n] += r_1_1[J_1[n]]; /*@likelihood*/ target += normal_lpdf(Y | mu, sigma); } /*@prior*/ target += lprior; /*@population*/ target += std_normal_lpdf(z_1[1]); }
