"""Factors of precision matrices: solutions, determinants, variances, traces."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.latent_densities import matrix_of

from bayeswrap.estimates.marginal_likelihood.precision import factorise
from bayeswrap.estimates.numerics.hessian_pattern import find_pattern


@pytest.mark.parametrize(
    ("kind", "n"), [("diagonal", 30), ("pairs", 30), ("arrow", 30), ("chain", 30), ("chain", 500)]
)
def test_factors_solve_and_give_traces_from_directions(kind, n):
    a = matrix_of(kind, n)
    pattern = find_pattern(lambda u: -a @ u, np.ones(n))
    precision = factorise(pattern)(a[pattern.rows, pattern.columns])
    other = np.where(a != 0, np.random.default_rng(2).normal(size=(n, n)), 0.0)
    other = other + other.T

    trace = sum(sign * d @ other @ d for sign, d in precision.trace_directions())

    inverse, root = np.linalg.inv(a), precision.root()
    b = np.arange(n, dtype=float)
    np.testing.assert_allclose(precision.solve(b), inverse @ b, rtol=1e-10)
    np.testing.assert_allclose(precision.variances(), np.diag(inverse), rtol=1e-10)
    np.testing.assert_allclose(root @ root.T, inverse, atol=1e-12)
    assert precision.log_determinant == pytest.approx(np.linalg.slogdet(a)[1], rel=1e-12)
    assert trace == pytest.approx(np.trace(inverse @ other), rel=1e-9)


@pytest.mark.parametrize(("kind", "n"), [("pairs", 30), ("chain", 500)])
def test_what_is_not_positive_definite_has_no_factor(kind, n):
    a = matrix_of(kind, n)
    pattern = find_pattern(lambda u: -a @ u, np.ones(n))
    a[3, 3] = -1.0

    assert factorise(pattern)(a[pattern.rows, pattern.columns]) is None


def test_a_refined_factor_is_that_of_the_new_matrix():
    a = matrix_of("pairs", 10)
    pattern = find_pattern(lambda u: -a @ u, np.ones(10))
    near = factorise(pattern)((1.3 * a)[pattern.rows, pattern.columns])

    precision = near.refined(lambda: np.zeros(0), lambda d: a @ d)

    np.testing.assert_allclose(precision.variances(), np.diag(np.linalg.inv(a)), rtol=1e-12)
    assert precision.log_determinant == pytest.approx(np.linalg.slogdet(a)[1], rel=1e-12)
