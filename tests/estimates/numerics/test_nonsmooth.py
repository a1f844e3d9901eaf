"""Maxima on kinks, such as a lasso's, in one and more dimensions."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.numerics.nonsmooth import kinked_maximum
from bayeswrap.estimates.results.status import Status

LASSO = (
    "data { int P; matrix[4, P] X; vector[4] y; real b; } parameters { vector[P] beta; }"
    "model { beta ~ double_exponential(0, b); y ~ normal(X * beta, 1); }"
)
X = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]]) / 2  # orthonormal columns


def soft(z, threshold):
    return np.sign(z) * max(abs(z) - threshold, 0)


@pytest.mark.parametrize("z", [0.4, -0.9, 1.8, -2.5])
def test_one_coefficient_is_soft_thresholded(model, z):
    lasso = model(LASSO, P=1, X=X[:, :1], y=X[:, 0] * z, b=1.0)

    mode = lasso.map(seed=1)

    assert mode["beta"][0] == pytest.approx(soft(z, 1), abs=1e-8)
    assert mode.status is (Status.NONSMOOTH if abs(z) < 1 else Status.CONVERGED)
    assert np.isnan(mode.spread[0]) == (abs(z) < 1)


@pytest.mark.parametrize("z", [(0.4, 3.0), (3.0, -0.2), (0.3, 0.3), (2.0, -2.0)])
def test_two_coefficients(model, z):
    lasso = model(LASSO, P=2, X=X, y=X @ np.array(z), b=1.0)

    mode = lasso.map(seed=1)

    expected = [soft(v, 1) for v in z]
    np.testing.assert_allclose(mode["beta"], expected, atol=1e-7)
    for i, value in enumerate(expected):
        assert (mode["beta"][i] == 0) == (value == 0)
        assert np.isnan(mode.spread[i]) == (value == 0)
        assert value == 0 or mode.spread[i] == pytest.approx(1, rel=1e-6)


def test_the_laplace_approximation_is_refused(model):
    with pytest.raises(EstimandError, match="no Laplace approximation"):
        model(LASSO, P=1, X=X[:, :1], y=X[:, 0] * 0.4, b=1.0).laplace(seed=1)


def test_a_steep_but_smooth_slope_is_no_kink():
    def ridge(q):
        total = q[0] + q[1]
        return float(-0.5 * total**2), np.full(2, -total)

    # the rough scale of a coordinate of a ridge is huge
    assert kinked_maximum(ridge, np.array([1.0, -1.0]), np.array([1e6, 1e6])) is None


def double_exponential(centre, weight):
    """A lasso with an orthonormal design, and -|x| times a weight."""

    def function(q):
        gap = q - centre
        value = -0.5 * gap @ gap - weight * np.abs(q).sum()
        return float(value), -gap - weight * np.sign(q)

    return function


def test_a_held_coordinate_is_exactly_zero():
    found = kinked_maximum(double_exponential(np.array([0.4, 3.0]), 1.0), np.ones(2), np.ones(2))

    q, held, rest = found
    assert q[0] == 0
    assert q[1] == pytest.approx(2, abs=1e-9)
    assert held == {0}
    np.testing.assert_allclose(rest.root, [[1]], atol=1e-6)


def test_a_kink_away_from_zero_is_bisected():
    def shifted(q):
        return float(-abs(q[0] - 2.5) - q[0] ** 2 / 100), -np.sign(q - 2.5) - q / 50

    q, held, _ = kinked_maximum(shifted, np.array([1.0]), np.ones(1))

    assert q[0] == pytest.approx(2.5, abs=1e-9)
    assert held == {0}


def test_a_smooth_maximum_is_no_kink():
    assert kinked_maximum(lambda q: (float(-q @ q), -2 * q), np.ones(2), np.ones(2)) is None
