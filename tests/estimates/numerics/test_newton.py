"""Newton in whitened coordinates on functions with known maxima and curvature."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.numerics.newton import AscentEnd, newton_ascent


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

    ascent = newton_ascent(quadratic(matrix, centre), np.zeros(4))

    # the distance that is left, in standard errors; the start is 1e5 of them away
    assert np.sqrt((ascent.q - centre) @ matrix @ (ascent.q - centre)) < 1e-8
    assert ascent.decrement < 1e-8
    assert ascent.end is AscentEnd.CONVERGED
    np.testing.assert_allclose(ascent.root.T @ matrix @ ascent.root, np.eye(4), atol=1e-4)


def test_hessian_of_a_logistic_regression_in_closed_form():
    rng = np.random.default_rng(3)
    x = np.column_stack([np.ones(40), rng.normal(size=40)])
    y = rng.integers(0, 2, 40)

    def function(q):
        eta = x @ q
        p = 1 / (1 + np.exp(-eta))
        return float(y @ eta - np.logaddexp(0, eta).sum()), x.T @ (y - p)

    ascent = newton_ascent(function, np.zeros(2))
    p = 1 / (1 + np.exp(-x @ ascent.q))

    information = x.T @ (x * (p * (1 - p))[:, np.newaxis])
    np.testing.assert_allclose(ascent.root @ ascent.root.T, np.linalg.inv(information), rtol=1e-8)


def test_a_step_across_the_end_of_the_support_is_shortened():
    def function(q):
        if q[0] <= 0:
            return -np.inf, np.array([np.nan])
        return float(3 * np.log(q[0]) - q[0]), 3 / q - 1

    assert newton_ascent(function, np.array([1e-3])).q[0] == pytest.approx(3, rel=1e-9)


def test_a_slope_that_fades_without_end_diverges():
    ascent = newton_ascent(lambda q: (float(-np.exp(-q[0])), np.exp(-q)), np.array([0.0]))

    assert ascent.end is AscentEnd.DIVERGED
    assert ascent.q[0] > 2


def test_a_value_that_rises_without_end_is_unbounded():
    ascent = newton_ascent(lambda q: (float(2 * q[0]), np.array([2.0])), np.array([0.0]))

    assert ascent.end is AscentEnd.UNBOUNDED


def test_rosenbrock_from_the_usual_start():
    def function(q):
        bend = q[1] - q[0] ** 2
        value = -100 * bend**2 - (1 - q[0]) ** 2
        return float(value), np.array([400 * bend * q[0] + 2 * (1 - q[0]), -200 * bend])

    ascent = newton_ascent(function, np.array([-1.2, 1.0]))

    np.testing.assert_allclose(ascent.q, [1, 1], atol=1e-9)
    # Moré, Garbow and Hillstrom 1981: f'' of minus the function at (1, 1)
    inverse = np.linalg.inv([[802.0, -400], [-400, 200]])
    np.testing.assert_allclose(ascent.root @ ascent.root.T, inverse, rtol=1e-6)


def test_a_saddle_is_left_by_the_way_up():
    def double_well(q):
        gradient = np.array([2 * q[0] - q[0] ** 3, -2 * q[1]])
        return float(q[0] ** 2 - q[0] ** 4 / 4 - q[1] ** 2), gradient

    ascent = newton_ascent(double_well, np.array([1e-3, 1.0]))

    # Newton's step alone would go to the saddle at 0
    np.testing.assert_allclose(ascent.q, [np.sqrt(2), 0], atol=1e-9)


def test_one_step_leads_to_the_maximum_of_a_quadratic():
    matrix = np.diag([4.0, 16.0])
    ascent = newton_ascent(quadratic(matrix, np.zeros(2)), np.array([1.0, 1.0]))

    assert ascent.end is AscentEnd.CONVERGED
    assert ascent.decrement < 1e-10
    np.testing.assert_allclose(ascent.last_step, [-1, -1], rtol=1e-6)


def test_a_start_where_every_step_is_refused_stays():
    def spire(q):
        inside = abs(q[0]) < 1e-300
        return (0.0 if inside else -np.inf), np.ones(1)

    ascent = newton_ascent(spire, np.zeros(1))

    assert ascent.q == 0
    assert ascent.end is AscentEnd.STOPPED
    np.testing.assert_array_equal(ascent.last_step, [0])
