"""Marginal estimates of counts against quadrature, and their cost."""

from __future__ import annotations

import numpy as np
from fixtures.marginal_models import assert_is, maximum, model
from scipy.special import gammaln, logsumexp
from scipy.stats import nbinom

from bayeswrap.estimates.results.marginal import Integral


def binomial_groups():
    """Return a program, its data, and the exact log likelihood by Gauss-Hermite quadrature."""
    rng = np.random.default_rng(3)
    g, period = np.repeat(np.arange(15), 4), np.tile(np.arange(4), 15)
    x = (period[:, None] == np.arange(1, 4)).astype(float)
    size, effect = rng.integers(3, 25, g.size), rng.normal(0, 0.7, 15)
    logit = -1.4 + x @ [-0.9, -1.1, -1.5] + effect[g]
    y = rng.binomial(size, 1 / (1 + np.exp(-logit)))
    code = """data { int N; int J; int P; matrix[N, P] X; array[N] int y; array[N] int n;
      array[N] int g; }
    parameters { real a; vector[P] b; real<lower=0> tau; vector[J] u; }
    model { u ~ normal(0, tau); y ~ binomial_logit(n, a + X * b + u[g]); }"""
    chosen = (gammaln(size + 1) - gammaln(y + 1) - gammaln(size - y + 1)).sum()
    nodes, weights = np.polynomial.hermite.hermgauss(60)

    def log_likelihood(p):
        fixed, total = (p[0] + x @ p[1:4]).reshape(15, 4, 1), chosen
        seen, trials = y.reshape(15, 4, 1), size.reshape(15, 4, 1)
        u = np.zeros((15, 1, 1))
        for _ in range(40):
            share = 1 / (1 + np.exp(-fixed - u))
            first = (seen - trials * share).sum(axis=1, keepdims=True) - u / p[4] ** 2
            second = (trials * share * (1 - share)).sum(axis=1, keepdims=True) + 1 / p[4] ** 2
            u = u + first / second
        at = u + np.sqrt(2 / second) * nodes
        logs = (seen * (fixed + at) - trials * np.logaddexp(0, fixed + at)).sum(axis=1)
        logs = logs - 0.5 * (at[:, 0] / p[4]) ** 2 - np.log(p[4]) - 0.5 * np.log(2 * np.pi)
        logs = logsumexp(logs + nodes**2 + np.log(weights), axis=1)
        return total + (logs + 0.5 * np.log(2 / second[:, 0, 0])).sum()

    data = {"N": g.size, "J": 15, "P": 3, "X": x, "y": y, "n": size, "g": g + 1}
    return model(code, data), log_likelihood


def test_binomial_groups_by_laplace_and_by_quadrature():
    groups, log_likelihood = binomial_groups()
    truth = maximum(log_likelihood, np.array([-1.2, -0.8, -1.3, -1.5, 0.6]))
    names = ["a", "b[1]", "b[2]", "b[3]", "tau"]

    laplace = groups.mle(marginal=True, seed=1)
    quadrature = groups.mle(marginal=True, quadrature=20, seed=1)

    assert_is(laplace, names, truth, estimates=0.05, errors=0.05, value=0.1)
    assert laplace.title == "marginal MLE (Laplace)"
    assert any("Laplace approximation" in w and "quadrature" in w for w in laplace.warnings)
    assert_is(quadrature, names, truth)
    assert quadrature.title == "marginal MLE (quadrature)"
    assert quadrature.record.options["integral"] == "quadrature"
    assert quadrature.warnings == ()


def test_positive_effects_are_integrated_on_their_own_scale():
    """A gamma mixture of Poisson counts is negative binomial, constants and Jacobian included."""
    rng = np.random.default_rng(5)
    y = rng.poisson(rng.gamma(4, 2, 40))
    code = """data { int N; array[N] int y; }
    parameters { real<lower=0> a; real<lower=0> b; vector<lower=0>[N] rate; }
    model { rate ~ gamma(a, b); y ~ poisson(rate); }"""

    mle = model(code, {"N": 40, "y": y}).mle(marginal=True, quadrature=40, seed=1)

    truth = maximum(lambda p: nbinom.logpmf(y, p[0], p[1] / (1 + p[1])).sum(), np.array([4, 0.5]))
    assert_is(mle, ["a", "b"], truth)
    assert (mle["rate"] > 0).all()


def test_many_groups_of_counts_take_seconds():
    rng = np.random.default_rng(6)
    g, x = np.repeat(np.arange(500), 10), rng.normal(size=5000)
    y = rng.poisson(np.exp(0.5 + 0.3 * x + rng.normal(0, 0.7, 500)[g]))
    code = """data { int N; int J; vector[N] x; array[N] int y; array[N] int g; }
    parameters { real a; real b; real<lower=0> tau; vector[J] u; }
    model { u ~ normal(0, tau); y ~ poisson_log(a + b * x + u[g]); }"""
    counts = model(code, {"N": 5000, "J": 500, "x": x, "y": y, "g": g + 1})

    mle = counts.mle(marginal=True, seed=1)

    # gradients, not seconds, so that a busy machine does not fail: a dense Hessian takes 2,000
    # gradients for each of some hundred points
    assert counts.density.of(mle.problem.weights).evaluations < 15_000
    assert abs(mle["tau"] - 0.7) < 5 * mle.to_frame().loc["tau", "se"]
    assert mle.marginal.integral is Integral.LAPLACE
    assert len(mle.effects) == 500
