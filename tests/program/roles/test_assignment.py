from __future__ import annotations

import pytest

from bayeswrap.errors import RoleError
from bayeswrap.program.program import Program
from bayeswrap.program.roles.role import Role

# Each program with the role of its statements in order; "?" marks a role that is not sure.
CASES = {
    "textbook": (
        """data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }
        model { mu ~ normal(0, 10); sigma ~ exponential(1); y ~ normal(mu, sigma); }""",
        "prior prior likelihood",
    ),
    "target += of one density": (
        """data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }
        model { target += normal_lpdf(mu | 0, 10); target += exponential_lupdf(sigma | 1);
        target += normal_lupdf(y | mu, sigma); }""",
        "prior prior likelihood",
    ),
    "data that set a prior are hyperparameters": (
        """data { int N; int K; vector[N] y; matrix[N, K] X; vector[K] m0; real<lower=0> s0; }
        parameters { vector[K] beta; real<lower=0> sigma; }
        model { beta ~ normal(m0, s0); y ~ normal(X * beta, sigma); }""",
        "prior likelihood",
    ),
    "data-dependent prior": (
        """data { int N; vector[N] y; } transformed data { real my = mean(y); }
        parameters { real mu; real<lower=0> sigma; }
        model { mu ~ normal(my, 2.5 * sd(y)); sigma ~ exponential(1 / sd(y));
        y ~ normal(mu, sigma); }""",
        "prior prior likelihood",
    ),
    "transformed data as outcome": (
        """data { int N; vector[N] y; }
        transformed data { vector[N] z = (y - mean(y)) / sd(y); }
        parameters { real mu; } model { mu ~ std_normal(); z ~ normal(mu, 1); }""",
        "prior likelihood",
    ),
    "simulated data as outcome": (
        """data { int N; }
        transformed data { vector[N] y; for (n in 1:N) y[n] = normal_rng(0, 1); }
        parameters { real mu; } model { mu ~ std_normal(); y ~ normal(mu, 1); }""",
        "prior likelihood",
    ),
    "data written into the program": (
        """transformed data { vector[3] y = [1.5, 2.5, 0]'; }
        parameters { real mu; } model { mu ~ std_normal(); y ~ normal(mu, 1); }""",
        "prior likelihood",
    ),
    "local computed from data": (
        """data { int N; vector[N] y; } parameters { real mu; }
        model { vector[N] r = log(y); mu ~ std_normal(); r ~ normal(mu, 1); }""",
        "prior likelihood",
    ),
    "residual": (
        """data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }
        model { vector[N] err = y - mu; err ~ normal(0, sigma); mu ~ std_normal(); }""",
        "likelihood prior",
    ),
    "standardised outcome divided by its scale": (
        """data { int N; vector[N] y; } parameters { real<lower=0> sigma; }
        model { sigma ~ exponential(1); target += std_normal_lpdf(y / sigma); }""",
        "prior likelihood",
    ),
    "centred hierarchy": (
        """data { int J; vector[J] y; vector<lower=0>[J] sigma; }
        parameters { real mu; real<lower=0> tau; vector[J] theta; }
        model { mu ~ normal(0, 5); tau ~ cauchy(0, 5); theta ~ normal(mu, tau);
        y ~ normal(theta, sigma); }""",
        "prior prior population likelihood",
    ),
    "centred hierarchy, element by element in nested blocks": (
        """data { int J; int N; array[N] int g; vector[N] y; }
        parameters { real mu; real<lower=0> tau; vector[J] theta; }
        model { { for (j in 1:J) { if (J > 1) theta[j] ~ normal(mu, tau); } }
        for (n in 1:N) target += normal_lpdf(y[n] | theta[g[n]], 1); }""",
        "population likelihood",
    ),
    "three levels": (
        """data { int J; int K; array[J] int k; vector[J] y; }
        parameters { real mu; real<lower=0> t1; real<lower=0> t2; vector[K] m; vector[J] theta; }
        model { mu ~ normal(0, 5); m ~ normal(mu, t1); theta ~ normal(m[k], t2);
        y ~ normal(theta, 1); }""",
        "prior population population likelihood",
    ),
    "group-level regression": (
        """data { int J; int P; vector[J] y; matrix[J, P] W; }
        parameters { vector[P] gamma; real<lower=0> tau; vector[J] theta; }
        model { gamma ~ normal(0, 1); theta ~ normal(W * gamma, tau); y ~ normal(theta, 1); }""",
        "prior population likelihood",
    ),
    "difference from a group-level prediction": (
        """data { int J; int P; vector[J] y; matrix[J, P] W; }
        parameters { vector[P] gamma; real<lower=0> tau; vector[J] theta; }
        model { gamma ~ normal(0, 1); target += normal_lpdf(theta - gamma[1] | 0, tau);
        y ~ normal(theta, 1); }""",
        "prior population likelihood",
    ),
    "non-centred hierarchy": (
        """data { int J; vector[J] y; } parameters { real mu; real<lower=0> tau; vector[J] z; }
        transformed parameters { vector[J] theta = mu + tau * z; }
        model { mu ~ normal(0, 5); tau ~ normal(0, 5); z ~ std_normal(); y ~ normal(theta, 1); }""",
        "prior prior population likelihood",
    ),
    "non-centred, log scale": (
        """data { int J; vector[J] y; } parameters { real mu; real log_tau; vector[J] z; }
        transformed parameters { vector[J] theta = mu + exp(log_tau) * z; }
        model { log_tau ~ normal(0, 1); z ~ normal(0, 1); y ~ normal(theta, 1); }""",
        "prior population likelihood",
    ),
    "non-centred, element by element, with fma": (
        """data { int J; vector[J] y; } parameters { real mu; real<lower=0> tau; vector[J] z; }
        model { vector[J] theta; for (j in 1:J) theta[j] = fma(tau, z[j], mu);
        target += normal_lpdf(z | 0, 1); y ~ normal(theta, 1); }""",
        "population likelihood",
    ),
    "non-centred, by steps": (
        """data { int J; vector[J] y; }
        parameters { real mu; real<lower=0> tau; real<lower=-1, upper=1> rho; vector[J] z; }
        transformed parameters { vector[J] h = z; h *= tau; h[1] /= sqrt(1 - square(rho)); h += mu;
        for (j in 2:J) h[j] += rho * (h[j - 1] - mu); }
        model { mu ~ normal(0, 5); tau ~ normal(0, 1); z ~ std_normal(); y ~ normal(h, 1); }""",
        "prior prior population likelihood",
    ),
    "non-centred, correlated, matrix": (
        """data { int J; int K; int N; array[N] int g; matrix[N, K] X; vector[N] y; }
        parameters { matrix[K, J] z; cholesky_factor_corr[K] L; vector<lower=0>[K] tau; }
        transformed parameters { matrix[J, K] r = (diag_pre_multiply(tau, L) * z)'; }
        model { to_vector(z) ~ std_normal(); L ~ lkj_corr_cholesky(2); tau ~ exponential(1);
        for (n in 1:N) y[n] ~ normal(X[n] * r[g[n]]', 1); }""",
        "population prior prior likelihood",
    ),
    "latent Gaussian process, centred": (
        """data { int N; array[N] real x; array[N] int y; }
        transformed data { vector[N] zeros = rep_vector(0, N); }
        parameters { real<lower=0> rho; real<lower=0> alpha; vector[N] f; }
        model { matrix[N, N] K = add_diag(gp_exp_quad_cov(x, alpha, rho), 1e-9);
        rho ~ inv_gamma(5, 5); alpha ~ std_normal(); f ~ multi_normal(zeros, K);
        y ~ poisson_log(f); }""",
        "prior prior population likelihood",
    ),
    "latent Gaussian process, non-centred": (
        """data { int N; array[N] real x; array[N] int y; }
        parameters { real<lower=0> rho; real<lower=0> alpha; vector[N] eta; }
        transformed parameters { vector[N] f; {
        matrix[N, N] L = cholesky_decompose(add_diag(gp_exp_quad_cov(x, alpha, rho), 1e-9));
        f = L * eta; } }
        model { rho ~ inv_gamma(5, 5); eta ~ std_normal(); y ~ poisson_log(f); }""",
        "prior population likelihood",
    ),
    "weights through tanh are no effects": (
        """data { int N; int K; matrix[N, K] X; vector[N] y; }
        parameters { vector[K] w; real<lower=0> sigma; }
        model { w ~ std_normal(); y ~ normal(sigma * (X * tanh(w)), sigma); }""",
        "prior likelihood",
    ),
    "two-parameter item response": (
        """data { int I; int J; int N; array[N] int ii; array[N] int jj; array[N] int y; }
        parameters { vector<lower=0>[I] a; vector[I] b; vector[J] theta; }
        model { a ~ lognormal(0, 1); b ~ normal(0, 2); theta ~ std_normal();
        y ~ bernoulli_logit(a[ii] .* (theta[jj] - b[ii])); }""",
        "prior prior prior? likelihood",
    ),
    "effect in a user's function": (
        """functions { vector place(real mu, real tau, vector z) { return mu + tau * z; } }
        data { int J; vector[J] y; } parameters { real mu; real<lower=0> tau; vector[J] z; }
        model { z ~ std_normal(); y ~ normal(place(mu, tau, z), 1); }""",
        "population likelihood",
    ),
    "conjugate prior": (
        """data { int N; int K; vector[N] y; matrix[N, K] X; real v0; }
        parameters { vector[K] beta; real<lower=0> sigma2; }
        model { sigma2 ~ inv_gamma(1, 1); beta ~ normal(0, sqrt(sigma2 * v0));
        y ~ normal(X * beta, sqrt(sigma2)); }""",
        "prior prior likelihood",
    ),
    "shrinkage with its own scale": (
        """data { int N; int K; vector[N] y; matrix[N, K] X; }
        parameters { vector[K] beta; real<lower=0> lambda; real<lower=0> sigma; }
        model { lambda ~ cauchy(0, 1); beta ~ normal(0, lambda); y ~ normal(X * beta, sigma); }""",
        "prior population likelihood",
    ),
    "horseshoe, local scales": (
        """data { int N; int K; vector[N] y; matrix[N, K] X; }
        parameters { vector[K] beta; vector<lower=0>[K] lambda; real<lower=0> tau; }
        model { lambda ~ cauchy(0, 1); tau ~ cauchy(0, 1); beta ~ normal(0, tau * lambda);
        y ~ normal(X * beta, 1); }""",
        "prior? prior population likelihood",
    ),
    "horseshoe, non-centred": (
        """data { int N; int K; vector[N] y; matrix[N, K] X; }
        parameters { vector[K] z; vector<lower=0>[K] lambda; real<lower=0> tau; }
        model { lambda ~ cauchy(0, 1); tau ~ cauchy(0, 1); z ~ std_normal();
        y ~ normal(X * (z .* lambda * tau), 1); }""",
        "prior? prior population likelihood",
    ),
    "state space": (
        """data { int T; vector[T] y; }
        parameters { vector[T] x; real<lower=0> q; real<lower=0> r; }
        model { x[1] ~ normal(0, 5); x[2:T] ~ normal(x[1:(T - 1)], q); q ~ exponential(1);
        y ~ normal(x, r); }""",
        "population population prior likelihood",
    ),
    "state space with a scalar initial state": (
        """data { int T; vector[T] y; }
        parameters { real x0; vector[T] x; real<lower=0> q; }
        model { x0 ~ normal(0, 5); x[1] ~ normal(x0, q); x[2:T] ~ normal(x[1:(T - 1)], q);
        y ~ normal(x, 1); }""",
        "prior population population likelihood",
    ),
    "random walk of fixed step": (
        """data { int T; vector[T] y; } parameters { vector[T] x; }
        model { x[2:T] ~ normal(x[1:(T - 1)], 1); y ~ normal(x, 1); }""",
        "prior likelihood",
    ),
    "missing values merged into the outcome": (
        """data { int No; int Nm; vector[No] y_obs; }
        parameters { real mu; vector[Nm] y_mis; }
        transformed parameters { vector[No + Nm] y = append_row(y_obs, y_mis); }
        model { mu ~ normal(0, 10); y ~ normal(mu, 1); }""",
        "prior likelihood",
    ),
    "missing values merged by a branch": (
        """data { int N; array[N] int seen; vector[N] y; }
        parameters { real mu; vector[N] u; }
        model { mu ~ normal(0, 1); for (n in 1:N) { real v;
        if (seen[n]) v = y[n]; else v = u[n]; v ~ normal(mu, 1); } }""",
        "prior likelihood",
    ),
    "censored values": (
        """data { int N; int M; vector[N] y; real U; }
        parameters { real mu; real<lower=0> sigma; vector<lower=U>[M] z; }
        model { y ~ normal(mu, sigma); z ~ normal(mu, sigma); }""",
        "likelihood population",
    ),
    "censoring by probability": (
        """data { int N; int M; vector[N] y; real U; } parameters { real<lower=0> rate; }
        model { rate ~ gamma(1, 1); y ~ exponential(rate);
        target += M * exponential_lccdf(U | rate); }""",
        "prior likelihood likelihood",
    ),
    "truncation changes no role": (
        """data { int N; vector[N] y; real L; } parameters { real mu; real<lower=0> sigma; }
        model { mu ~ normal(0, 1) T[-3, 3]; sigma ~ normal(0, 1) T[0, ];
        for (n in 1:N) y[n] ~ normal(mu, sigma) T[L, ]; }""",
        "prior prior likelihood",
    ),
    "a parameter as truncation point": (
        """data { int N; vector[N] y; } parameters { real mu; real c; real m; }
        model { c ~ normal(m, 1); m ~ normal(0, 1);
        for (n in 1:N) y[n] ~ normal(mu, 1) T[c, ]; }""",
        "population prior likelihood",
    ),
    "constant lccdf joins its term": (
        """data { int N; vector[N] y; } parameters { real mu; real<lower=0> sigma; }
        model { target += student_t_lpdf(sigma | 3, 0, 2.5) - student_t_lccdf(0 | 3, 0, 2.5);
        y ~ normal(mu, sigma); }""",
        "prior likelihood",
    ),
    "accumulated prior and a scale's own prior in it": (
        """data { int N; int J; vector[N] y; array[N] int g; }
        parameters { vector<lower=0>[1] sd_1; array[1] vector[J] z_1; real b; }
        transformed parameters { vector[J] r = sd_1[1] * z_1[1]; real lprior = 0;
        lprior += normal_lpdf(b | 0, 1);
        lprior += student_t_lpdf(sd_1 | 3, 0, 2.5) - 1 * student_t_lccdf(0 | 3, 0, 2.5); }
        model { target += normal_lpdf(y | b + r[g], 1); target += lprior;
        target += std_normal_lpdf(z_1[1]); }""",
        "likelihood prior population",
    ),
    "measurement error": (
        """data { int N; vector[N] x_obs; vector[N] y; real<lower=0> tau; }
        parameters { vector[N] x; real a; real b; real<lower=0> s; }
        model { x ~ normal(x_obs, tau); y ~ normal(a + b * x, s); a ~ normal(0, 1); }""",
        "undecided likelihood prior",
    ),
    "measurement error of unknown size": (
        """data { int N; vector[N] x_obs; vector[N] y; }
        parameters { vector[N] x; real<lower=0> tau; }
        model { for (n in 1:N) x[n] ~ normal(x_obs[n], tau); y ~ normal(x, 1); }""",
        "undecided likelihood",
    ),
    "outcome and location swapped, nothing else observed": (
        """data { int J; vector[J] y; } parameters { real mu; vector[J] theta; }
        model { theta ~ normal(y, 1); theta ~ normal(mu, 1); }""",
        "undecided population",
    ),
    "outcome counted into a prior": (
        """data { int N; array[N] int y; int n; } parameters { vector<lower=0, upper=1>[N] p; }
        model { p ~ beta(1 + to_vector(y), 1); y ~ binomial(n, p); }""",
        "undecided likelihood",
    ),
    "likelihood of a linear predictor, nothing else observed": (
        """data { int N; int K; matrix[N, K] X; } parameters { vector[K] beta; }
        model { X * beta ~ normal(0, 1); }""",
        "undecided",
    ),
    "prior on scaled coefficients": (
        """data { int N; int K; matrix[N, K] X; vector[N] y; vector[K] sd_x; }
        parameters { vector[K] beta; }
        model { beta .* sd_x ~ normal(0, 1); y ~ normal(X * beta, 1); }""",
        "prior likelihood",
    ),
    "prior on a difference from a hyperparameter": (
        """data { int N; vector[N] y; real m0; } parameters { real mu; }
        model { mu - m0 ~ normal(0, 1); y ~ normal(mu, 1); }""",
        "undecided likelihood",
    ),
    "prior-only program with a scalar datum": (
        "data { real m0; } parameters { real mu; } model { mu ~ normal(m0, 1); }",
        "prior?",
    ),
    "constant outcome": (
        """data { int N; array[N] int y; } parameters { real<lower=0, upper=1> p; }
        model { 1 ~ bernoulli(p); y ~ bernoulli(p); }""",
        "likelihood likelihood",
    ),
    "soft sum to zero": (
        """data { int J; vector[J] y; } parameters { vector[J] phi; }
        model { 0 ~ normal(sum(phi), 0.001); y ~ normal(phi, 1); }""",
        "undecided likelihood",
    ),
    "soft constraint by a vector of zeros": (
        """data { int J; vector[J] y; } parameters { vector[J] phi; }
        model { rep_vector(0, J) ~ normal(phi, 1); y ~ normal(phi, 1); }""",
        "undecided likelihood",
    ),
    "soft sum to zero on a population field": (
        """data { int J; vector[J] y; } parameters { vector[J] phi; real<lower=0> tau; }
        model { phi ~ normal(0, tau); sum(phi) ~ normal(0, 0.001); y ~ normal(phi, 1); }""",
        "population population likelihood",
    ),
    "mixture": (
        """data { int N; vector[N] y; }
        parameters { real<lower=0, upper=1> w; ordered[2] mu; }
        model { mu ~ normal(0, 5); for (n in 1:N)
        target += log_mix(w, normal_lpdf(y[n] | mu[1], 1), normal_lpdf(y[n] | mu[2], 1)); }""",
        "prior likelihood",
    ),
    "mixture through a local vector": (
        """data { int N; int K; vector[N] y; }
        parameters { simplex[K] w; ordered[K] mu; }
        model { for (n in 1:N) { vector[K] lps = log(w);
        for (k in 1:K) lps[k] += normal_lpdf(y[n] | mu[k], 1);
        target += log_sum_exp(lps); } }""",
        "likelihood",
    ),
    "hidden Markov model by forward sums": (
        """data { int N; vector[N] y; } parameters { array[2] simplex[2] A; ordered[2] mu; }
        model { array[2] real acc; array[2] real g = rep_array(0.0, 2); mu ~ normal(0, 3);
        for (t in 1:N) { array[2] real old = g; for (j in 1:2) { for (i in 1:2)
        acc[i] = old[i] + log(A[i, j]) + normal_lpdf(y[t] | mu[j], 1);
        g[j] = log_sum_exp(acc); } } target += log_sum_exp(g); }""",
        "prior likelihood",
    ),
    "hurdle: a summand without a density": (
        """data { int N; array[N] int y; }
        parameters { real<lower=0, upper=1> th; real<lower=0> lambda; }
        model { for (n in 1:N) target += log1m(th) + poisson_lpmf(y[n] | lambda); }""",
        "likelihood",
    ),
    "density of a parameter beside a term of data": (
        """data { int y; } parameters { real<lower=0, upper=1> p; }
        model { target += beta_lpdf(p | 2, 2) + y * log(p); }""",
        "prior likelihood?",
    ),
    "terms of two roles": (
        """data { int N; vector[N] y; } parameters { real m; }
        model { target += normal_lpdf(y | m, 1) + normal_lpdf(m | 0, 1); }""",
        "likelihood prior",
    ),
    "terms of two roles through a local": (
        """data { int N; vector[N] y; } parameters { real m; }
        model { real lp = 0; lp += normal_lpdf(m | 0, 1);
        for (n in 1:N) lp += normal_lpdf(y[n] | m, 1); target += lp; }""",
        "prior likelihood",
    ),
    "population and hyperprior in one statement": (
        """data { int J; vector[J] y; } parameters { real mu; vector[J] theta; }
        model { target += normal_lpdf(theta | mu, 1) + normal_lpdf(mu | 0, 5);
        y ~ normal(theta, 1); }""",
        "population prior likelihood",
    ),
    "several priors in one statement": (
        """data { int J; vector[J] y; } parameters { real mu; real<lower=0> s; }
        model { target += normal_lpdf(mu | 0, 5) + exponential_lpdf(s | 1); y ~ normal(mu, s); }""",
        "prior likelihood",
    ),
    "weighted likelihood": (
        """data { int N; vector[N] y; vector[N] w; } parameters { real mu; }
        model { for (n in 1:N) target += w[n] * normal_lpdf(y[n] | mu, 1); }""",
        "likelihood",
    ),
    "term of one parameter": (
        """data { int N; vector[N] y; } parameters { real mu; real<lower=0> s; }
        model { target += -log(s); y ~ normal(mu, s); }""",
        "prior likelihood",
    ),
    "quadratic form of effects and their mean": (
        """data { int J; vector[J] y; } parameters { real mu; vector[J] theta; }
        model { target += -0.5 * dot_self(theta - mu); y ~ normal(theta, 1); }""",
        "population likelihood",
    ),
    "quadratic form of a vector": (
        """data { int J; int E; array[E] int a; array[E] int b; vector[J] y; }
        parameters { vector[J] phi; }
        model { target += -0.5 * dot_self(phi[a] - phi[b]); y ~ normal(phi, 1); }""",
        "prior likelihood",
    ),
    "one categorical outcome as an index": (
        """data { int k; real y; } parameters { simplex[3] p; real m; }
        model { p ~ dirichlet(rep_vector(1, 3)); target += log(p[k]); y ~ normal(m, 1); }""",
        "prior likelihood? likelihood",
    ),
    "categorical outcome as an index": (
        """data { int N; int K; array[N] int y; } parameters { simplex[K] p; }
        model { p ~ dirichlet(rep_vector(1, K)); for (n in 1:N) target += log(p[y[n]]); }""",
        "prior likelihood?",
    ),
    "prior of the linear predictor around the outcome": (
        """data { int N; int K; vector[N] y; matrix[N, K] X; }
        parameters { vector[K] beta; real a; }
        model { vector[N] mu = a + X * beta; mu ~ normal(y, 1); beta ~ normal(0, 1); }""",
        "undecided prior",
    ),
    "prior around one of the outcomes": (
        """data { int N; vector[N] y; } parameters { real mu; }
        model { mu ~ normal(y[1], 10); y ~ normal(mu, 1); }""",
        "prior likelihood",
    ),
    "stochastic volatility": (
        """data { int T; vector[T] y; }
        parameters { real mu; real<lower=-1, upper=1> phi; real<lower=0> s; vector[T] h; }
        model { phi ~ uniform(-1, 1); h[1] ~ normal(mu, s / sqrt(1 - phi * phi));
        for (t in 2:T) h[t] ~ normal(mu + phi * (h[t - 1] - mu), s);
        y ~ normal(0, exp(h / 2)); }""",
        "prior population population likelihood",
    ),
    "priors on transforms": (
        """data { int N; vector[N] y; } parameters { real a; real<lower=0> s; }
        model { inv(square(s)) ~ gamma(1, 1); target += -2 * log(s); exp(a) ~ normal(0, 1);
        y ~ normal(a, s); }""",
        "prior prior prior likelihood",
    ),
    "occupancy, summed over the latent state": (
        """data { int N; int T; array[N] int s; real w; }
        parameters { real<lower=0, upper=1> om; real<lower=0, upper=1> p; }
        model { target += w * beta_lpdf(p | 2, 2); for (i in 1:N) if (s[i] > 0)
        target += bernoulli_lpmf(1 | om) + binomial_lpmf(s[i] | T, p); else
        target += log_sum_exp(bernoulli_lpmf(1 | om) + binomial_lpmf(0 | T, p),
        bernoulli_lpmf(0 | om)); }""",
        "prior likelihood likelihood",
    ),
    "hand-written likelihood": (
        """data { int N; vector[N] y; } parameters { real mu; }
        model { target += -0.5 * dot_self(y - mu); }""",
        "likelihood?",
    ),
    "hand-written Jacobian beside its density": (
        """data { int N; vector[N] y; } parameters { real<lower=0> s; }
        model { target += normal_lpdf(log(s) | 0, 1) - log(s); y ~ normal(0, s); }""",
        "prior likelihood",
    ),
    "jacobian +=": (
        """data { real y; } parameters { real u; }
        transformed parameters { real s = exp(u); jacobian += u; }
        model { s ~ exponential(1); y ~ normal(0, s); }""",
        "adjustment prior likelihood",
    ),
    "user density of data": (
        """functions { real mine_lpdf(vector y, real m) { return normal_lpdf(y | m, 1); } }
        data { int N; vector[N] y; } parameters { real m; }
        model { y ~ mine(m); target += mine_lpdf(y | m); }""",
        "likelihood likelihood",
    ),
    "user density whose first argument is a parameter, with data": (
        """functions { real both_lpdf(vector th, vector y, real s) {
        return normal_lpdf(y | th, s) + normal_lpdf(th | 0, 1); } }
        data { int N; vector[N] yy; vector[N] w; } parameters { vector[N] t; }
        model { t ~ both(yy, 1.0); w ~ normal(t, 1); }""",
        "undecided likelihood",
    ),
    "user density of parameters alone": (
        """functions { real half_lpdf(real s, real a) { return normal_lpdf(s | 0, a); } }
        data { int N; vector[N] y; } parameters { real<lower=0> s; }
        model { s ~ half(2); y ~ normal(0, s); }""",
        "prior likelihood",
    ),
    "a user function does not make every bracket doubtful": (
        """functions { real twice(real x) { return 2 * x; } }
        data { int N; vector[N] y; } parameters { real m; }
        model { (y - m) ~ normal(0, 1); m ~ normal(0, 1); }""",
        "likelihood prior",
    ),
    "function that adds to target": (
        """functions { void add_lp(real m) { m ~ normal(0, 1); } }
        data { real y; } parameters { real m; } model { add_lp(m); y ~ normal(m, 1); }""",
        "prior likelihood",
    ),
    "a name used again in another block": (
        """data { int N; vector[N] y; } parameters { vector[N] t; }
        model { { vector[N] v; v[1] = y[1]; v[1] ~ normal(0, 1); }
        { vector[N] v; v[1] = t[1]; v[1] ~ normal(0, 1); } y ~ normal(t, 1); }""",
        "likelihood prior likelihood",
    ),
    "what a loop feeds back": (
        """data { int N; vector[N] y; } parameters { real a; }
        model { real carry = a; for (n in 1:N) { carry ~ normal(0, 1); carry = y[n]; } }""",
        "likelihood",
    ),
    "data only as index": (
        """data { int J; int k; vector[J] y; } parameters { vector[J] t; }
        model { t[k] ~ normal(0, 1); y ~ normal(t, 1); }""",
        "prior likelihood",
    ),
    "no data": (
        """parameters { real m; array[2] real z; }
        model { m ~ normal(0, 1); z ~ normal(m, 1); for (q in {1, 2}) target += -abs(z[q]); }""",
        "prior population population",
    ),
}


def told(program: Program) -> str:
    return " ".join(
        f"{s.role}{'' if s.sure or s.role == 'undecided' else '?'}" for s in program.statements
    )


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_statement_has_the_role_written_beside_it(case: str) -> None:
    code, expected = CASES[case]
    assert told(Program.from_string(code)) == expected


@pytest.mark.parametrize("case", CASES, ids=str)
def test_an_undecided_role_is_never_sure_and_every_role_has_a_reason(case: str) -> None:
    for statement in Program.from_string(CASES[case][0]).statements:
        assert statement.why
        assert not (statement.role is Role.UNDECIDED and statement.sure)


def test_reasons_name_the_variables() -> None:
    program = Program.from_string(CASES["centred hierarchy"][0])
    why = [s.why for s in program.statements]
    assert why[2] == "mu, tau reach the data through theta only"
    assert why[3] == "outcome is data (y)"
    dependent = Program.from_string(CASES["data-dependent prior"][0]).statements[0]
    assert "my" in dependent.why


def test_outcome_and_parents_are_kept() -> None:
    population = Program.from_string(CASES["centred hierarchy"][0]).statements[2]
    assert population.outcome == {"theta"}
    assert population.parents == {"mu", "tau"}


def test_an_undecided_statement_is_an_error_that_tells_both_ways_out() -> None:
    program = Program.from_string(
        "data { int N; vector[N] y; }\nparameters { real m; }\nmodel {\n"
        "  target += 2 * (normal_lpdf(y | m, 1)\n    + normal_lpdf(m | 0, 1));\n}",
        name="mixed",
    )
    with pytest.raises(RoleError) as caught:
        program.switched()
    message = str(caught.value)
    assert "mixed.stan:4:3" in message
    assert "target += 2 * (normal_lpdf(y | m, 1) + normal_lpdf(m | 0, 1));" in message
    assert "split the statement" in message
    assert 'roles={"4": "likelihood"}' in message
    assert '"// likelihood"' in message


def test_a_question_between_prior_and_population_offers_population() -> None:
    program = Program.from_string(
        "data { int J; vector[J] y; } parameters { vector[J] u; vector[J] s; } model {\n"
        "target += -dot_self(u) / sum(s);\n y ~ normal(u, 1);\n}"
    )
    with pytest.raises(RoleError, match="a prior or the population") as caught:
        program.switched()
    assert 'roles={"2": "population"}' in str(caught.value)


def test_several_undecided_statements_on_a_line_are_told_apart() -> None:
    program = Program.from_string(
        "data { real y; } parameters { real m; } "
        "model { 0 ~ normal(m, y); 0 ~ cauchy(m, y); m ~ normal(0, 1); }"
    )
    with pytest.raises(RoleError, match=r"and 1 more") as caught:
        program.switched()
    first = program.statements[0]
    assert f'roles={{"1:{first.column}": ' in str(caught.value)


def test_a_function_that_adds_to_target_inside_an_expression_is_refused() -> None:
    program = Program.from_string(
        "functions { real add_lp(real m) { m ~ normal(0, 1); return m; } }\n"
        "parameters { real m; }\nmodel {\n  real a = add_lp(m);\n}"
    )
    with pytest.raises(RoleError, match=r"add_lp adds to target") as caught:
        program.switched()
    assert "model.stan:4:12" in str(caught.value)


LMM = """data { int N; int J; array[N] int g; vector[N] y; }
parameters { real mu; vector[J] u; real<lower=0> tau; real<lower=0> s; vector[J] beta; }
model {
  u ~ normal(mu, tau);
  beta ~ normal(0, s);
  target += -0.5 * dot_self(y - u[g] - beta[g]) / square(s) - N * log(s);
}
"""


def test_what_the_user_says_counts_when_others_are_decided() -> None:
    program = Program.from_string(LMM).with_roles({"6": "likelihood"})
    assert told(program) == "population prior likelihood"
    assert program.statements[2].why == "set by roles="


def test_a_said_population_makes_its_outcome_latent() -> None:
    code = """data { int T; vector[T] y; } parameters { vector[T] x; }
model {
  x[1] ~ normal(0, 5);
  x[2:T] ~ normal(x[1:(T - 1)], 1); // population
  y ~ normal(x, 1);
}"""
    assert told(Program.from_string(code)) == "population population likelihood"


SPLIT = """data { real y; real x; }
parameters { real m; }
model {
  m ~ normal(0, 1); y ~ normal(m, 1);
  0 ~ normal(m, x);%s
}
"""


@pytest.mark.parametrize(
    "key", ["5", "5:3", "0 ~ normal(m, x);", "0~normal(m,x)", "0  ~  normal(m, x)"]
)
def test_roles_are_said_by_line_by_place_and_by_text(key: str) -> None:
    program = Program.from_string(SPLIT % "")
    assert told(program) == "prior likelihood undecided"
    assert list(program.roles({key: "prior"})["role"]) == ["prior", "likelihood", "prior"]
    assert told(program) == "prior likelihood undecided", "the program itself stays as it is"


@pytest.mark.parametrize(
    "comment",
    ["// prior", "// Prior.", "/* prior */", "/* because */ // prior", "\t//prior", "// prior\r"],
)
def test_roles_are_said_by_trailing_comments(comment: str) -> None:
    assert told(Program.from_string(SPLIT % f" {comment}")) == "prior likelihood prior"


@pytest.mark.parametrize("comment", ["// priory", "// the prior", "// undecided", ""])
def test_other_comments_say_nothing(comment: str) -> None:
    assert told(Program.from_string(SPLIT % comment)) == "prior likelihood undecided"


def test_roles_overrule_comments_and_sure_roles() -> None:
    program = Program.from_string(SPLIT % " // prior")
    assert told(program.with_roles({"5": "likelihood", "4:3": "likelihood"})) == (
        "likelihood likelihood likelihood"
    )


def test_a_line_with_several_statements_is_no_key() -> None:
    with pytest.raises(RoleError, match="2 statements stand") as caught:
        Program.from_string(SPLIT % "").with_roles({"4": "prior"})
    assert "4:3  m ~ normal(0, 1);" in str(caught.value)


def test_a_key_that_fits_nothing_lists_the_statements() -> None:
    with pytest.raises(RoleError, match="does not exist: '7'") as caught:
        Program.from_string(SPLIT % "").with_roles({"7": "prior"})
    assert "5:3  0 ~ normal(m, x);" in str(caught.value)


@pytest.mark.parametrize("word", ["Likelihod", "undecided", "adjustment", ""])
def test_a_wrong_word_is_refused(word: str) -> None:
    with pytest.raises(RoleError, match="not a role that can be set"):
        Program.from_string(SPLIT % "").with_roles({"5": word})


def test_a_key_for_a_program_without_statements() -> None:
    with pytest.raises(RoleError, match="no statement touches target"):
        Program.from_string("model {}").with_roles({"1": "prior"})
