"""Climbs by several routes, and rough climbs in scaled coordinates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import gammaln

from bayeswrap.estimates.multistart.spikes import find_spike
from bayeswrap.estimates.numerics.lbfgs import conditional_ascent, rough_ascent
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.optimization.restarts import best_of_routes, better, off_the_saddle
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.estimates.results.status import Status

PLANE = support_edges(["Identity", "Identity"])


def badly_scaled(q):
    curvature = np.array([1e-8, 1e6])
    step = q - np.array([4000.0, 0.003])
    return float(-0.5 * step @ (curvature * step)), -curvature * step


def double_well(q):
    return float(q[0] ** 2 - q[0] ** 4 / 4 - q[1] ** 2), np.array([2 * q[0] - q[0] ** 3, -2 * q[1]])


def banana(q):
    bend = q[1] - q[0] ** 2
    return float(-100 * bend**2 - (1 - q[0]) ** 2), np.array(
        [400 * bend * q[0] + 2 * (1 - q[0]), -200 * bend]
    )


def test_scales_of_fourteen_orders():
    np.testing.assert_allclose(rough_ascent(badly_scaled, np.zeros(2)), [4000, 0.003], rtol=1e-4)


def test_a_climb_never_ends_below_its_start():
    def refused(q):
        return (-1.0, np.array([1.0])) if q[0] == 0 else (-np.inf, np.array([np.nan]))

    np.testing.assert_array_equal(rough_ascent(refused, np.zeros(1)), [0.0])


def test_held_coordinates_stay():
    end = conditional_ascent(banana, np.array([2.0, 0.0]), [1])

    np.testing.assert_allclose(end, [2, 4], rtol=1e-4)


def test_a_bent_valley_by_both_routes():
    found = best_of_routes(banana, np.array([-1.2, 1.0]), PLANE)

    assert found.status is Status.CONVERGED
    np.testing.assert_allclose(found.q, [1, 1], rtol=1e-9)


def test_a_saddle_is_left():
    saddle = find_optimum(double_well, np.zeros(2), PLANE)
    assert saddle.status is Status.SADDLE

    found = off_the_saddle(double_well, saddle, PLANE)

    assert found.status is Status.CONVERGED
    assert abs(found.q[0]) == pytest.approx(np.sqrt(2))


def test_what_is_verified_goes_before_what_is_high():
    mode = find_optimum(double_well, np.array([1.0, 0.0]), PLANE)
    endless = find_optimum(lambda q: (float(9 * q.sum()), np.full(2, 9.0)), np.ones(2), PLANE)

    assert endless.value > mode.value
    assert better(endless, mode) is mode
    assert better(mode, endless) is mode


@pytest.mark.parametrize("mean", [np.exp(-30.0), np.exp(10.0)])
def test_a_climb_out_of_a_depth_is_no_spike(mean):
    y = np.array([0.0, 2.0, 5.0])

    def counts(q):
        # a negative binomial whose mean is absurd, by its overdispersion
        phi = np.exp(q[1])
        ways = gammaln(y + phi) - gammaln(phi) - gammaln(y + 1)
        lost = y * np.log(mean) + phi * q[1] - (y + phi) * np.log(mean + phi)
        return float((ways + lost).sum()), q

    assert find_spike(counts, np.zeros(2), ["Identity", "Lower"], [y]) is None


def test_a_spike_needs_a_value_of_the_data():
    y = np.array([-1.0, 0.5, 2.0])

    def mixture(q):
        both = np.logaddexp(-0.5 * ((y - q[0]) * np.exp(-q[1])) ** 2 - q[1], -0.5 * (y / 2) ** 2)
        return float(both.sum()), np.zeros(2)

    kinds = ["Identity", "Lower"]
    spike = find_spike(mixture, np.zeros(2), kinds, [y])

    assert spike is not None
    assert spike[0] in y
    assert find_spike(mixture, np.zeros(2), kinds, [y + 0.1]) is None
    assert find_spike(mixture, np.zeros(2), ["Identity", "Identity"], [y]) is None
