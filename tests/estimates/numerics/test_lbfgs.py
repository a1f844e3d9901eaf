"""Rough ascents by L-BFGS in scaled coordinates."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.numerics.lbfgs import conditional_ascent, rough_ascent


def badly_scaled(q):
    curvature = np.array([1e-8, 1e6])
    step = q - np.array([4000.0, 0.003])
    return float(-0.5 * step @ (curvature * step)), -curvature * step


def funnel(q):
    """A scale exp(v) and one effect x: the conditional maximum of v is log|x|."""
    v, x = q
    square = x**2 * np.exp(-2 * v)
    return float(-square / 2 - v), np.array([square - 1, -x * np.exp(-2 * v)])


def test_scales_of_fourteen_orders():
    np.testing.assert_allclose(rough_ascent(badly_scaled, np.zeros(2)), [4000, 0.003], rtol=1e-4)


def test_an_ascent_never_ends_below_its_start():
    def refused(q):
        return (-1.0, np.array([1.0])) if q[0] == 0 else (-np.inf, np.array([np.nan]))

    np.testing.assert_array_equal(rough_ascent(refused, np.zeros(1)), [0.0])


def test_held_coordinates_stay():
    def banana(q):
        bend = q[1] - q[0] ** 2
        value = -100 * bend**2 - (1 - q[0]) ** 2
        return float(value), np.array([400 * bend * q[0] + 2 * (1 - q[0]), -200 * bend])

    end = conditional_ascent(banana, np.array([2.0, 0.0]), [1])

    assert end[0] == 2
    assert end[1] == pytest.approx(4, rel=1e-4)


def test_a_scale_is_fitted_with_the_effect_held():
    end = conditional_ascent(funnel, np.array([3.0, 0.1]), [0], tolerance=1e-12)

    assert end[1] == 0.1
    assert end[0] == pytest.approx(np.log(0.1), abs=1e-5)


def test_an_ascent_ends_where_the_rest_of_the_way_is_known():
    visited = []

    def arrived(q):
        visited.append(q.copy())
        return len(visited) == 2

    rough_ascent(badly_scaled, np.zeros(2), rounds=1, stride=1.0, arrived=arrived)

    assert len(visited) == 2


def test_a_function_of_nothing_has_nothing_to_climb():
    assert rough_ascent(lambda q: (0.0, q), np.zeros(0)).size == 0
