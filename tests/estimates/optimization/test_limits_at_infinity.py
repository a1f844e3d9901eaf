"""Limits at infinity: what a growing parameter leads to, without the noise far out."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.optimization.limits_at_infinity import limit_at_infinity, with_others
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status

EDGES = support_edges(["Identity", "Lower"])


def approaching(slope, bend=0.0, noise=0.0):
    """f = -(y - 1 - d)^2 / 2 - slope d - bend d^2 with d = 1/x, and noise that grows with x."""

    def function(q):
        d = np.exp(-q[1])
        away = q[0] - 1 - d
        rough = noise * np.exp(q[1]) * np.sin(1e3 * q[1])
        value = -(away**2) / 2 - slope * d - bend * d**2 + rough
        by_d = away - slope - 2 * bend * d
        return float(value), np.array([-away, -d * by_d])

    return function


@pytest.mark.parametrize(("slope", "bend", "noise"), [(1, 0, 0), (0, 1, 0), (2, 1, 1e-16)])
def test_the_limit_is_read_at_moderate_distances(slope, bend, noise):
    function = approaching(slope, bend, noise)

    found = limit_at_infinity(function, np.array([1.0, 30.0]), EDGES, find_optimum)

    assert (found.status, found.excluded) == (Status.AT_INFINITY, (1,))
    assert found.value == pytest.approx(0, abs=1e-8)
    assert found.q[0] == pytest.approx(1, abs=1e-7)
    assert found.root[0] @ found.root[0] == pytest.approx(1, rel=1e-5)
    np.testing.assert_array_equal(found.direction, [0, 1])


def test_a_search_that_ran_past_a_maximum_comes_back():
    # -d + d^2 / 2 falls towards d = 0 from d = 1 outwards: slope -1 is a maximum at d = 1
    found = limit_at_infinity(approaching(-1, 0.5), np.array([1.0, 30.0]), EDGES, find_optimum)

    assert found.status is Status.CONVERGED
    assert found.q[1] == pytest.approx(0, abs=1e-6)


def test_growth_in_proportion_to_the_logarithm_has_no_limit():
    def growing(q):
        return float(q[1] - q[0] ** 2), np.array([-2 * q[0], 1.0])

    assert limit_at_infinity(growing, np.array([0.0, 30.0]), EDGES, find_optimum) is None


def test_near_1_nothing_is_asked():
    assert limit_at_infinity(approaching(1), np.array([1.0, 3.0]), EDGES, find_optimum) is None


def test_what_stays_finite_keeps_its_curvature():
    def function(q):
        # y0 runs off; y1 follows no one
        fading = np.exp(-q[0])
        return float(-fading - 2 * (q[1] - 3) ** 2), np.array([fading, -4 * (q[1] - 3)])

    end = Optimum(
        q=np.array([30.0, 2.9]),
        value=0.0,
        status=Status.AT_INFINITY,
        root=np.full((2, 1), np.nan),
        decrement=0.0,
        condition=np.inf,
        direction=np.array([1.0, 0.0]),
    )
    found = with_others(function, end, [0], support_edges(["Identity", "Identity"]))

    assert (found.status, found.excluded) == (Status.AT_INFINITY, (0,))
    assert found.q[1] == pytest.approx(3)
    assert found.root[1] @ found.root[1] == pytest.approx(0.25)


def test_a_mean_that_is_known_less_well_further_out_has_no_limit():
    def mean_and_log_scale(q):
        # the density tends to a constant as the scale grows, and the mean of it to any number
        precision = np.exp(-2 * q[1])
        value = -np.exp(-q[1]) - precision * q[0] ** 2 / 2
        slope = np.array([-precision * q[0], np.exp(-q[1]) + precision * q[0] ** 2])
        return float(value), slope

    end = find_optimum(mean_and_log_scale, np.array([0.5, 12.0]), support_edges(["", "Lower"]))

    assert not end.status.is_estimate
    assert not np.isfinite(end.root).all()


def test_what_grows_in_proportion_is_at_infinity_too():
    """Of f = -d - (q0 - q1 - 1)^2 / 2 the ratio of the two settles, and neither of them does."""

    def function(q):
        d, away = np.exp(-q[1]), q[0] - q[1] - 1
        return float(-d - away**2 / 2), np.array([-away, d + away])

    edges = support_edges(["Lower", "Lower"])

    found = limit_at_infinity(function, np.array([31.0, 30.0]), edges, find_optimum)

    assert (found.status, found.excluded) == (Status.AT_INFINITY, (0, 1))
    assert found.value == pytest.approx(0, abs=1e-8)
    np.testing.assert_allclose(found.direction, [1, 1], atol=1e-3)
    assert not found.root.any()
