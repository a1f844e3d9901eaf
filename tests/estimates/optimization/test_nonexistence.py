"""Directions without a maximum, and what a point is that is none."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.numerics.newton import AscentEnd, NewtonAscent, newton_ascent
from bayeswrap.estimates.optimization.nonexistence import (
    bent_ray,
    end_of_ray,
    saddle_or_flat,
    suspect_directions,
)
from bayeswrap.estimates.results.status import Status

AHEAD = np.array([1.0])


def still(q, root=None):
    """An ascent that has come to rest at a point."""
    return NewtonAscent(
        q=q,
        value=0.0,
        root=np.eye(q.size) if root is None else root,
        decrement=0.0,
        last_step=np.zeros(q.size),
        end=AscentEnd.CONVERGED,
    )


@pytest.mark.parametrize(
    ("function", "falls", "rises"),
    [
        (lambda q: -(q[0] ** 2), True, False),
        (lambda q: 2 * q[0], False, True),
        (lambda q: -np.exp(-q[0]), False, False),
        (lambda _: 0.0, False, False),
        # an end of the support next to the point
        (lambda q: 0.0 if q[0] < 0.05 else -np.inf, True, False),
        # arithmetic that ends far out
        (lambda q: 0.0 if q[0] < 50 else np.nan, False, False),
    ],
)
def test_a_function_along_a_ray(function, falls, rises):
    end = end_of_ray(lambda q: (function(q), q), np.zeros(1), AHEAD)

    assert end.falls is falls
    assert bool(end.rise > 10) is rises


def test_the_direction_of_a_ridge_is_a_suspect():
    def ridge(q):
        return float(-0.5 * (q[0] + q[1]) ** 2), np.full(2, -(q[0] + q[1]))

    suspects = suspect_directions(ridge, newton_ascent(ridge, np.array([1.0, 2.0])))

    assert any(abs(c @ [1, -1]) / np.linalg.norm(c) / np.sqrt(2) > 0.999 for c in suspects)
    assert all(np.abs(c).max() == pytest.approx(1) for c in suspects)


def test_small_components_are_cut_off_a_suspect():
    def fading(q):
        """Fades along the first coordinate; the second has a maximum that moves a little."""
        gap = q[1] - 1e-3 * q[0]
        slope = np.array([np.exp(-q[0]) + 1e-3 * gap, -gap])
        return float(-np.exp(-q[0]) - gap**2 / 2), slope

    suspects = suspect_directions(fading, newton_ascent(fading, np.zeros(2)))

    assert any(np.array_equal(np.abs(c), [1, 0]) for c in suspects)


def test_a_saddle_is_named_with_its_way_up():
    def saddle(q):
        return float(q[0] ** 2 / 2 - q[1] ** 2 / 2), np.array([q[0], -q[1]])

    optimum = saddle_or_flat(saddle, still(np.zeros(2)))

    assert optimum.status is Status.SADDLE
    assert abs(optimum.direction[0]) > 0.99 * np.linalg.norm(optimum.direction)


def test_curvature_that_is_only_noise_is_flat():
    def quartic(q):
        return float(-(q[0] ** 2) / 2 - q[1] ** 4), np.array([-q[0], -4 * q[1] ** 3])

    optimum = saddle_or_flat(quartic, still(np.zeros(2), np.diag([1.0, 30.0])))

    assert optimum.status is Status.FLAT
    assert abs(optimum.direction[1]) == pytest.approx(1)


def test_a_slope_that_is_left_is_no_verdict():
    ascent = newton_ascent(lambda q: (float(2 * q[0]), np.full(1, 2.0)), np.zeros(1))

    assert saddle_or_flat(lambda q: (float(2 * q[0]), q), ascent).status is Status.NOT_CONVERGED


def test_a_location_that_runs_away_while_a_scale_follows_is_on_a_bent_ray():
    def towards_infinity(q):
        # rises as -1 / |location|, where the log scale is half the log of the location
        location, bend = abs(q[0]), q[1] - np.log(abs(q[0])) / 2
        slope = -np.sign(q[0])
        value = -1 / location - bend**2 / 2
        return value, np.array([-slope * (1 / location**2 + bend / 2 / location), -bend])

    outward = bent_ray(towards_infinity, still(np.array([-20.0, np.log(20.0) / 2])))

    np.testing.assert_array_equal(outward, [-1.0, 0.0])


def test_a_curve_on_which_the_value_is_constant_is_no_bent_ray():
    def product(q):
        error = q[0] * q[1] - 6
        return -(error**2) / 2, -error * q[::-1]

    assert bent_ray(product, still(np.array([20.0, 0.3]))) is None


def test_a_hill_far_out_is_no_bent_ray():
    def hill(q):
        return float(-((q - 20) ** 2).sum() / 2), 20 - q

    assert bent_ray(hill, still(np.array([20.0, 20.0]))) is None
