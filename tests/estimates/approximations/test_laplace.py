"""Laplace draws are made at the mode at hand, which is not sought again."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import ConvergenceError, EstimandError
from bayeswrap.estimates.approximations.laplace import laplace_at

NORMAL = (
    "data { int N; vector[N] y; } parameters { real mu; real delta; }"
    "model { mu ~ normal(0, 2); delta ~ normal(mu, 1); y ~ normal(mu, 1); }"
)
SEPARATED = (
    "data { int N; vector[N] x; array[N] int y; } parameters { real b; }"
    "model { y ~ bernoulli_logit(b * x); }"
)
KINK = "parameters { real b; } model { b ~ double_exponential(0, 1); }"


@pytest.fixture
def mode(model):
    return model(NORMAL, N=3, y=[1.0, 2.0, 3.0]).map("unconstrained", seed=3)


def test_the_mode_is_the_centre_and_only_draws_are_evaluated(mode):
    density = mode.problem.density.of(mode.problem.weights)
    before = density.evaluations

    found = laplace_at(mode, 50)

    assert found.centre is mode
    # one for each draw; a check that the mode is one of this density, and three for constants
    assert density.evaluations - before <= 50 + 4


def test_draws_have_mean_and_covariance_of_the_normal(mode):
    found = laplace_at(mode, 20_000)

    # the posterior is this normal: precision of mu 1/4 + 1 + 3, of delta 1, between them -1
    covariance = np.linalg.inv([[1 / 4 + 1 + 3, -1.0], [-1.0, 1.0]])
    draws = np.column_stack([found["mu"].ravel(), found["delta"].ravel()])
    errors = (draws.mean(axis=0) - covariance @ [6.0, 0.0]) / np.sqrt(np.diag(covariance) / 20_000)
    assert np.abs(errors).max() < 4
    np.testing.assert_allclose(np.cov(draws.T), covariance, rtol=0.06)


def test_the_seed_is_that_of_the_mode(mode):
    np.testing.assert_array_equal(laplace_at(mode, 20).draws, laplace_at(mode, 20).draws)
    assert laplace_at(mode, 20).record.seed == 3


def test_the_normal_density_at_the_draws(mode):
    found = laplace_at(mode, 20)

    q = np.column_stack([found["mu"].ravel(), found["delta"].ravel()]) - mode.optimum.q
    precision = np.linalg.inv(mode.optimum.root @ mode.optimum.root.T)
    expected = -0.5 * np.einsum("ij,jk,ik->i", q, precision, q)
    np.testing.assert_allclose(found.method_column("log_q__")[0], expected, rtol=1e-9)


def test_without_a_mode_there_is_no_approximation(model):
    separated = model(SEPARATED, N=2, x=[-1.0, 1.0], y=[0, 1])

    with pytest.raises(ConvergenceError, match="no MAP"):
        laplace_at(separated.map("unconstrained", require_converged=False, seed=1), 20)


def test_on_a_kink_there_is_no_curvature(model):
    with pytest.raises(EstimandError, match="no Laplace approximation exists"):
        laplace_at(model(KINK).map("unconstrained", seed=1), 20)
