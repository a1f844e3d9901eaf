"""Newton in whitened coordinates on functions with known maxima and curvature."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.numerics.derivatives import hessian_along, whiten
from bayeswrap.estimates.numerics.newton import newton_ascent


def quadratic(matrix, centre):
    def function(q):
        step = q - centre
        return float(-0.5 * step @ matrix @ step), -matrix @ step

    return function


@pytest.mark.parametrize("spread", [1.0, 1e2, 1e4])
def test_a_quadratic_of_any_scaling(spread):
    rng = np.random.default_rng(1)
    basis = rng.normal(size=(4, 4)) * np.geomspace(1, spread, 4)
    matrix, centre = basis.T @ basis, np.array([1.0, -2, 3, 4])

    found = newton_ascent(quadratic(matrix, centre), np.zeros(4))

    # the distance that is left, in standard errors; the start is 1e5 of them away
    assert np.sqrt((found.q - centre) @ matrix @ (found.q - centre)) < 1e-8
    assert found.decrement < 1e-8
    assert not found.diverges
    np.testing.assert_allclose(found.root.T @ matrix @ found.root, np.eye(4), atol=1e-4)


def test_the_root_gives_the_covariance():
    matrix = np.array([[2.0, 0.5], [0.5, 1.0]])
    function = quadratic(matrix, np.zeros(2))

    root = whiten(function, np.zeros(2), np.eye(2))

    np.testing.assert_allclose(root @ root.T, np.linalg.inv(matrix), rtol=1e-10)


def test_hessian_of_a_gaussian_in_closed_form():
    y = np.array([4.2, 5.1, 3.8, 6.0, 5.5, 4.9, 5.2, 4.4])

    def function(q):
        scaled = (y - q[0]) * np.exp(-q[1])
        gradient = np.array([scaled.sum() * np.exp(-q[1]), (scaled**2).sum() - y.size])
        return float(-0.5 * scaled @ scaled - y.size * q[1]), gradient

    at = np.array([y.mean(), np.log(y.std())])
    exact = -np.diag([y.size / y.var(), 2 * y.size])
    scale = np.diag(1 / np.sqrt(-np.diag(exact)))

    np.testing.assert_allclose(hessian_along(function, at, scale), -np.eye(2), atol=1e-8)


def test_hessian_of_a_logistic_regression_in_closed_form():
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(40), rng.normal(size=40)])
    y = rng.integers(0, 2, 40)

    def function(q):
        eta = x @ q
        p = 1 / (1 + np.exp(-eta))
        return float(y @ eta - np.logaddexp(0, eta).sum()), x.T @ (y - p)

    found = newton_ascent(function, np.zeros(2))
    p = 1 / (1 + np.exp(-x @ found.q))

    information = x.T @ (x * (p * (1 - p))[:, np.newaxis])
    np.testing.assert_allclose(found.root @ found.root.T, np.linalg.inv(information), rtol=1e-8)


def test_a_step_across_the_end_of_the_support_is_shortened():
    def function(q):
        if q[0] <= 0:
            return -np.inf, np.array([np.nan])
        return float(3 * np.log(q[0]) - q[0]), 3 / q - 1

    assert newton_ascent(function, np.array([1e-3])).q[0] == pytest.approx(3, rel=1e-9)


def test_a_slope_that_never_ends_drifts():
    found = newton_ascent(lambda q: (float(-np.exp(-q[0])), np.exp(-q)), np.array([0.0]))

    assert found.diverges
    assert found.q[0] > 2


def test_a_value_that_never_ends_soars():
    found = newton_ascent(lambda q: (float(2 * q[0]), np.array([2.0])), np.array([0.0]))

    assert found.is_unbounded


def test_curvature_that_overflows_is_none():
    def function(q):
        return 0.0, np.full(2, 1e300) * q

    with np.errstate(over="ignore", invalid="ignore"):
        found = hessian_along(function, np.zeros(2), 1e200 * np.eye(2))

    assert np.isfinite(found).all()
    assert np.isfinite(np.linalg.eigvalsh(found)).all()
