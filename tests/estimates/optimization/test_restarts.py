"""Ascents by several routes, and the way off a saddle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.optimization.restarts import (
    best_of_routes,
    better,
    off_the_saddle,
    persistent,
)
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.estimates.results.status import Status

PLANE = support_edges(["Identity", "Identity"])


def double_well(q):
    return float(q[0] ** 2 - q[0] ** 4 / 4 - q[1] ** 2), np.array([2 * q[0] - q[0] ** 3, -2 * q[1]])


def banana(q):
    bend = q[1] - q[0] ** 2
    return float(-100 * bend**2 - (1 - q[0]) ** 2), np.array(
        [400 * bend * q[0] + 2 * (1 - q[0]), -200 * bend]
    )


def test_a_bent_valley_by_both_routes():
    optimum = best_of_routes(banana, np.array([-1.2, 1.0]), PLANE)

    assert optimum.status is Status.CONVERGED
    np.testing.assert_allclose(optimum.q, [1, 1], rtol=1e-9)


def test_a_saddle_is_left():
    saddle = find_optimum(double_well, np.zeros(2), PLANE)
    assert saddle.status is Status.SADDLE

    optimum = off_the_saddle(double_well, saddle, PLANE)

    assert optimum.status is Status.CONVERGED
    assert abs(optimum.q[0]) == pytest.approx(np.sqrt(2))


def test_what_is_verified_goes_before_what_is_high():
    mode = find_optimum(double_well, np.array([1.0, 0.0]), PLANE)
    endless = find_optimum(lambda q: (float(9 * q.sum()), np.full(2, 9.0)), np.ones(2), PLANE)

    assert endless.value > mode.value
    assert better(endless, mode) is mode
    assert better(mode, endless) is mode


def test_of_two_verified_maxima_the_higher_one_is_kept_and_at_one_height_the_flatter():
    def hill(height):
        return find_optimum(lambda q: (float(height - q @ q), -2 * q), np.ones(2), PLANE)

    low, high = hill(1.0), hill(2.0)

    assert better(low, high) is better(high, low) is high
    rough = replace(high, value=high.value * (1 + 1e-12), decrement=1e-6)
    assert better(rough, high) is better(high, rough) is high


def test_a_long_bent_valley_is_climbed_to_its_end():
    def valley(q):
        # a parabola of width 1e-3 along y = x^3
        bend = q[1] - q[0] ** 3
        value = -5e5 * bend**2 - (q[0] - 3) ** 2 / 2
        return float(value), np.array([3e6 * bend * q[0] ** 2 + 3 - q[0], -1e6 * bend])

    on_the_way = replace(
        find_optimum(valley, np.array([3.0, 27.0]), PLANE),
        q=np.zeros(2), value=valley(np.zeros(2))[0], status=Status.NOT_CONVERGED,
    )  # fmt: skip

    end = persistent(valley, on_the_way, PLANE)

    assert end.status is Status.CONVERGED
    np.testing.assert_allclose(end.q, [3, 27], rtol=1e-6)


def test_a_verified_maximum_is_left_where_it_is():
    mode = find_optimum(double_well, np.array([1.0, 0.0]), PLANE)

    assert persistent(double_well, mode, PLANE) is mode
    assert off_the_saddle(double_well, mode, PLANE) is mode
