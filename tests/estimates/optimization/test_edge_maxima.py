"""An edge is a maximum where the density on the declared scale falls on leaving it."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.optimization.edge_maxima import departure, edge_maximum, on_edge
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status


@pytest.fixture(autouse=True)
def _as_in_stan():
    # Stan's own arithmetic overflows to infinity without a warning
    with np.errstate(over="ignore", invalid="ignore"):
        yield


SCALE = support_edges(["Lower"])
WITH_ANOTHER = support_edges(["Lower", "Identity"])
OUT = np.array([-1.0, 0.0])


def of_distance(value, slopes):
    """Make a function of (log d, y) from one of (d, y) and its derivatives there."""

    def function(q):
        d = np.exp(q[0])
        by_d, by_y = slopes(d, q[1])
        return float(value(d, q[1])), np.array([by_d * d, by_y])

    return function


falling = of_distance(lambda d, y: -d - y**2 / 2, lambda _, y: (-1.0, -y))
rising = of_distance(lambda d, y: d - d**2 / 2 - y**2 / 2, lambda d, y: (1 - d, -y))
# level to first order; with y = 2 d it rises by 1.5 d^2
turning = of_distance(
    lambda d, y: -(y**2) / 2 + 2 * y * d - d**2 / 2 - d**4,
    lambda d, y: (2 * y - d - 4 * d**3, -y + 2 * d),
)
growing = of_distance(lambda d, y: -np.log(d) - y**2 / 2, lambda d, y: (-1 / d, -y))
# y has no effect at d = 0; only near y = 3 the density rises on leaving it
elsewhere = of_distance(
    lambda d, y: d * (2 * np.exp(-((y - 3) ** 2)) - 1) - d**2,
    lambda d, y: (
        2 * np.exp(-((y - 3) ** 2)) - 1 - 2 * d,
        -4 * d * (y - 3) * np.exp(-((y - 3) ** 2)),
    ),
)
free = of_distance(lambda d, y: -d * (1 + y**2), lambda d, y: (-(1 + y**2), -2 * d * y))


def found_from(function, start, edges=WITH_ANOTHER):
    q = np.array(start)
    return edge_maximum(function, q, function(q)[0], edges, find_optimum)


def test_the_density_falls_on_leaving_a_maximum():
    leaving = departure(falling, np.array([-60.0, 0.0]), OUT, [1])

    assert leaving.change < 0
    # the first change that can be measured, close to the edge
    assert leaving.q[0] < -10


def test_a_slope_that_vanishes_on_the_unconstrained_scale_alone_is_no_maximum():
    assert departure(rising, np.array([-60.0, 0.0]), OUT, [1]).change > 0


def test_what_is_level_to_first_order_is_decided_by_the_second():
    held = departure(turning, np.array([-60.0, 0.0]), OUT, [])
    followed = departure(turning, np.array([-60.0, 0.0]), OUT, [1])

    assert held.change < 0
    assert followed.change > 0


def test_a_density_that_depends_on_nothing_does_not_change():
    def level(q):
        return 1.0, np.zeros(2)

    assert departure(level, np.array([-60.0, 0.0]), OUT, [1]).change == 0


def test_the_maximum_on_an_edge_keeps_the_curvature_of_the_others():
    found = found_from(falling, [-20.0, 0.3])

    assert (found.status, found.excluded, found.free) == (Status.BOUNDARY, (0,), ())
    assert found.value == pytest.approx(0, abs=1e-12)
    assert found.root[1] @ found.root[1] == pytest.approx(1)


def test_from_an_edge_that_is_none_the_climb_leads_inside():
    found = found_from(rising, [-20.0, 0.3])

    assert found.status is Status.CONVERGED
    np.testing.assert_allclose(found.q, 0, atol=1e-8)


def test_a_density_without_bound_has_no_maximum_on_its_edge():
    assert found_from(growing, [-20.0, 0.0]) is None


def test_a_coordinate_without_effect_on_the_edge_is_free_there():
    found = found_from(free, [-20.0, 1.7])

    assert (found.status, found.excluded, found.free) == (Status.BOUNDARY, (0,), (1,))


def test_an_edge_is_left_from_where_the_free_coordinates_make_it_fall_least():
    found = found_from(elsewhere, [-20.0, 0.0])

    # d (2 - 1) - d^2 has its maximum at d = 1/2
    assert found.status is Status.CONVERGED
    np.testing.assert_allclose(found.q, [np.log(0.5), 3], atol=1e-6)


def test_slope_and_curvature_that_vanish_alike_are_no_interior_maximum():
    # at q = -30 slope and curvature of -exp(q) are both -1e-13: a root of 3e6 whitens them
    seeming = Optimum(
        q=np.array([-30.0]),
        value=0.0,
        status=Status.CONVERGED,
        root=np.array([[3e6]]),
        decrement=3e-7,
        condition=1.0,
    )

    def function(q):
        return float(-np.exp(q[0])), -np.exp(q)

    assert on_edge(function, seeming, SCALE) == [(0, -1.0)]
    assert find_optimum(function, np.array([-30.0]), SCALE).status is Status.BOUNDARY


def test_an_interior_maximum_far_from_1_stays_one():
    # a scale of 1e-9 with a standard error of a tenth of it
    def function(q):
        away = q[0] - np.log(1e-9)
        return float(-50 * away**2), np.array([-100 * away])

    found = find_optimum(function, np.array([-18.0]), SCALE)

    assert found.status is Status.CONVERGED
    assert on_edge(function, found, SCALE) == []
