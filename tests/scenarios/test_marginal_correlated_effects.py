"""Marginal estimates with crossed, correlated and serial effects against exact likelihoods."""

from __future__ import annotations

import json

import numpy as np
import pytest
from fixtures.folders import GOLD
from fixtures.marginal_models import assert_is, maximum, model
from scipy.stats import multivariate_normal

from bayeswrap.estimates.results.status import Status

SLEEP = GOLD / "glm" / "lmm_sleepstudy_intercept"


def test_crossed_effects_are_a_multivariate_normal():
    rng = np.random.default_rng(1)
    a, b = np.repeat(np.arange(12), 5), np.tile(np.arange(5), 12)
    y = 20 + rng.normal(0, 1, 12)[a] + rng.normal(0, 2, 5)[b] + rng.normal(0, 0.6, a.size)
    code = """data { int N; vector[N] y; array[N] int a; array[N] int b; }
    parameters { real mu; real<lower=0> s; real<lower=0> t; real<lower=0> sigma;
                 vector[12] u; vector[5] v; }
    model { u ~ normal(0, s); v ~ normal(0, t); y ~ normal(mu + u[a] + v[b], sigma); }"""

    def log_likelihood(p):
        covariance = p[1] ** 2 * (a[:, None] == a) + p[2] ** 2 * (b[:, None] == b)
        return multivariate_normal.logpdf(
            y, np.full(y.size, p[0]), covariance + p[3] ** 2 * np.eye(y.size)
        )

    mle = model(code, {"N": y.size, "y": y, "a": a + 1, "b": b + 1}).mle(marginal=True, seed=1)

    truth = maximum(log_likelihood, np.array([20, 1, 2, 0.6]))
    assert_is(mle, ["mu", "s", "t", "sigma"], truth)


SLOPES = """data { int N; int J; vector[N] x; vector[N] y; array[N] int g; }
parameters { vector[2] beta; vector<lower=0>[2] tau; cholesky_factor_corr[2] L;
             real<lower=0> sigma; array[J] vector[2] u; }
transformed parameters { real rho = L[2, 1]; }
model { u ~ multi_normal_cholesky(rep_vector(0, 2), diag_pre_multiply(tau, L));
        for (i in 1:N) y[i] ~ normal(beta[1] + u[g[i]][1] + (beta[2] + u[g[i]][2]) * x[i], sigma); }
"""
SLOPES_NONCENTRED = """data { int N; int J; vector[N] x; vector[N] y; array[N] int g; }
parameters { vector[2] beta; vector<lower=0>[2] tau; cholesky_factor_corr[2] L;
             real<lower=0> sigma; matrix[2, J] z; }
transformed parameters { real rho = L[2, 1]; matrix[2, J] u = diag_pre_multiply(tau, L) * z; }
model { to_vector(z) ~ std_normal();
        y ~ normal(beta[1] + beta[2] * x + to_vector(u[1, g]) + to_vector(u[2, g]) .* x, sigma); }
"""


@pytest.mark.parametrize("code", [SLOPES, SLOPES_NONCENTRED])
def test_correlated_intercepts_and_slopes(code):
    data = json.loads((SLEEP / "data.json").read_text())
    x, y = np.array(data["X"])[:10, 1], np.reshape(data["y"], (18, 10))

    def log_likelihood(p):
        between = p[4] * p[2] * p[3]
        covariance = np.array([[p[2] ** 2, between], [between, p[3] ** 2]])
        z = np.column_stack([np.ones(10), x])
        whole = z @ covariance @ z.T + p[5] ** 2 * np.eye(10)
        return multivariate_normal.logpdf(y, p[0] + p[1] * x, whole).sum()

    joint = {"N": 180, "J": 18, "x": np.tile(x, 18), "y": y.ravel(), "g": data["g"]}
    mle = model(code, joint).mle(marginal=True, seed=1)

    truth = maximum(log_likelihood, np.array([251.4, 10.5, 24, 5.7, 0.08, 25.6]))
    # lme4's log likelihood of Reaction ~ Days + (Days | Subject)
    assert truth[1] == pytest.approx(-875.9697, abs=5e-5)
    assert_is(mle, ["beta[1]", "beta[2]", "tau[1]", "tau[2]", "rho", "sigma"], truth)


def test_correlation_of_one_is_a_boundary():
    rng = np.random.default_rng(3)
    x, u = np.tile(np.arange(4) - 1.5, 12), np.repeat(rng.normal(size=12), 4)
    y = 3 + u * (1 + 0.8 * x) + rng.normal(0, 0.5, 48)
    code = """data { int N; vector[N] x; vector[N] y; array[N] int g; }
    parameters { vector[2] b; vector<lower=0>[2] tau; real<lower=-1, upper=1> rho;
                 real<lower=0> sigma; matrix[2, 12] z; }
    model { to_vector(z) ~ std_normal();
      for (i in 1:N) y[i] ~ normal(b[1] + tau[1] * z[1, g[i]]
        + (b[2] + tau[2] * (rho * z[1, g[i]] + sqrt(1 - rho^2) * z[2, g[i]])) * x[i], sigma); }"""

    def log_likelihood(p):
        loading = p[2] + p[3] * x[:4]
        covariance = np.outer(loading, loading) + p[4] ** 2 * np.eye(4)
        return multivariate_normal.logpdf(y.reshape(12, 4), p[0] + p[1] * x[:4], covariance).sum()

    data = {"N": 48, "x": x, "y": y, "g": np.repeat(np.arange(1, 13), 4)}
    mle = model(code, data).mle(marginal=True, seed=1)

    assert mle.status is Status.BOUNDARY
    assert mle["rho"] == 1
    truth = maximum(log_likelihood, np.array([3, 0, 1, 0.8, 0.5]))
    assert_is(mle, ["b[1]", "b[2]", "tau[1]", "tau[2]", "sigma"], truth)


def test_long_time_series_is_that_of_the_kalman_filter():
    rng = np.random.default_rng(4)
    x = np.zeros(450)
    for t in range(1, x.size):
        x[t] = 0.8 * x[t - 1] + rng.normal(0, 0.5)
    y = x + rng.normal(0, 0.7, x.size)
    code = """data { int T; vector[T] y; }
    parameters { real<lower=-1, upper=1> phi; real<lower=0> q; real<lower=0> r; vector[T] x; }
    model { x[1] ~ normal(0, q / sqrt(1 - phi^2)); x[2:T] ~ normal(phi * x[1:(T - 1)], q);
            y ~ normal(x, r); }"""

    def log_likelihood(p):
        mean, variance, total = 0.0, p[1] ** 2 / (1 - p[0] ** 2), 0.0
        for seen in y:
            whole = variance + p[2] ** 2
            total -= 0.5 * (np.log(2 * np.pi * whole) + (seen - mean) ** 2 / whole)
            gain = variance / whole
            mean = p[0] * (mean + gain * (seen - mean))
            variance = p[0] ** 2 * variance * (1 - gain) + p[1] ** 2
        return total

    mle = model(code, {"T": y.size, "y": y}).mle(marginal=True, seed=1)

    assert_is(mle, ["phi", "q", "r"], maximum(log_likelihood, np.array([0.8, 0.5, 0.7])))
