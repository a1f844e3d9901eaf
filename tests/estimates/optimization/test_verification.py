"""Verified maxima, plateaus and kinks of functions in closed form."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.estimates.numerics.newton import AscentEnd, NewtonAscent, newton_ascent
from bayeswrap.estimates.optimization.verification import (
    clean_optimum,
    maximum_on_kinks,
    optimum_without_coordinates,
    unverified,
    verified_maximum,
)
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.estimates.results.status import Status

MATRIX = np.array([[4.0, 1.9], [1.9, 1.0]])
PLANE = support_edges(["Identity", "Identity"])


def quadratic(q):
    return float(3 - 0.5 * q @ MATRIX @ q), -MATRIX @ q


def rosenbrock(q):
    bend = q[1] - q[0] ** 2
    value = -100 * bend**2 - (1 - q[0]) ** 2
    return float(value), np.array([400 * bend * q[0] + 2 * (1 - q[0]), -200 * bend])


def ridge(q):
    return float(-0.5 * (q[0] + q[1]) ** 2), np.full(2, -(q[0] + q[1]))


def test_a_quadratic_is_verified_with_its_covariance_and_condition():
    optimum = verified_maximum(quadratic, newton_ascent(quadratic, np.array([1.0, -1.0])))

    assert optimum.status is Status.CONVERGED
    assert optimum.value == 3
    np.testing.assert_allclose(optimum.root @ optimum.root.T, np.linalg.inv(MATRIX), rtol=1e-7)
    # of the correlation matrix with r = -0.95
    assert optimum.condition == pytest.approx(1.95 / 0.05, rel=1e-6)
    assert optimum.hessian_error < 1e-8


def test_the_last_step_gives_the_last_digits():
    ascent = newton_ascent(rosenbrock, np.array([-1.2, 1.0]))
    near = replace(ascent, q=ascent.q + 1e-7, decrement=9e-6)

    optimum = verified_maximum(rosenbrock, near)

    np.testing.assert_allclose(optimum.q, [1, 1], rtol=1e-11)
    assert optimum.decrement < 9e-6


def test_a_ridge_is_not_verified():
    assert verified_maximum(ridge, newton_ascent(ridge, np.array([1.0, 2.0]))) is None


def test_a_saddle_is_not_verified():
    def saddle(q):
        return float(q[0] ** 2 - q[1] ** 2), np.array([2 * q[0], -2 * q[1]])

    ascent = NewtonAscent(
        q=np.zeros(2),
        value=0.0,
        root=np.eye(2) / np.sqrt(2),
        decrement=0.0,
        last_step=np.zeros(2),
        end=AscentEnd.CONVERGED,
    )

    assert verified_maximum(saddle, ascent) is None


def test_a_dent_in_a_plateau_is_not_verified():
    def dented(q):
        """A hill one millionth of a nat high, in the plateau of a likelihood that has vanished."""
        height = 1e-6 * np.exp(-0.5 * q @ q)
        return float(height), -height * q

    ascent = newton_ascent(dented, np.array([0.1, 0.1]))

    assert ascent.decrement < 1e-5
    assert verified_maximum(dented, ascent) is None


def test_a_diverging_ascent_is_not_verified_however_small_its_slope():
    ascent = replace(newton_ascent(quadratic, np.ones(2)), end=AscentEnd.DIVERGED)

    assert verified_maximum(quadratic, ascent) is None


def test_the_quick_verdict_gives_no_reason():
    assert clean_optimum(quadratic, np.ones(2), PLANE).status is Status.CONVERGED
    assert clean_optimum(ridge, np.ones(2), PLANE).status is Status.NOT_CONVERGED
    empty = support_edges([])
    assert clean_optimum(lambda q: (2.0, q), np.zeros(0), empty).status is Status.CONVERGED


def test_where_nothing_moves_the_value_is_the_maximum():
    optimum = optimum_without_coordinates(lambda q: (-1.5, q), np.zeros(0))

    assert (optimum.value, optimum.decrement, optimum.condition) == (-1.5, 0, 1)
    assert optimum.root.shape == (0, 0)


def test_what_is_not_verified_has_no_curvature_and_the_last_step_for_a_direction():
    ascent = newton_ascent(lambda q: (float(-np.exp(-q[0])), np.exp(-q)), np.zeros(1))

    optimum = unverified(ascent, Status.AT_INFINITY)

    assert np.isnan(optimum.root).all()
    np.testing.assert_array_equal(optimum.direction, ascent.last_step)
    assert unverified(ascent, Status.FLAT, np.ones(1)).direction == 1


def test_a_kink_is_held_and_the_rest_has_its_covariance():
    def lasso(q):
        gap = q - np.array([0.4, 3.0])
        return float(-0.5 * gap @ gap - np.abs(q).sum()), -gap - np.sign(q)

    optimum = maximum_on_kinks(lasso, newton_ascent(lasso, np.ones(2)))

    assert optimum.status is Status.NONSMOOTH
    assert optimum.excluded == (0,)
    np.testing.assert_allclose(optimum.q, [0, 2], atol=1e-8)
    np.testing.assert_allclose(optimum.root, [[0], [1]], atol=1e-6)
    assert maximum_on_kinks(quadratic, newton_ascent(quadratic, np.ones(2))) is None
