"""Coordinates that run to the end of their transform: edges, and densities without bound."""

from __future__ import annotations

import numpy as np

from bayeswrap.estimates.numerics.newton import AscentEnd, NewtonAscent, newton_ascent
from bayeswrap.estimates.optimization.boundary import collapse, pulled_back
from bayeswrap.estimates.problem.support import support_edges

EDGES = support_edges(["Identity", "Lower"])


def spike(q):
    """One observation at 2 with a location and a scale of its own: the density grows like 1/s."""
    z = (2 - q[0]) * np.exp(-q[1])
    return float(-0.5 * z**2 - q[1]), np.array([z * np.exp(-q[1]), z**2 - 1])


def on_the_spike():
    """An ascent that has shrunk the scale to exp(-30)."""
    q = np.array([2.0, -30.0])
    return NewtonAscent(
        q=q,
        value=spike(q)[0],
        root=np.diag([np.exp(-30), 1.0]),
        decrement=1.0,
        last_step=np.array([0.0, -1.0]),
        end=AscentEnd.UNBOUNDED,
    )


def levelling(q):
    """Falls by exp(2 log s) from an edge where it is level."""
    square = np.exp(2 * q[1])
    return float(-0.5 * square - (q[0] - 1) ** 2 / 2), np.array([1 - q[0], -square])


def test_a_start_on_an_edge_is_pulled_back():
    start = pulled_back(levelling, np.array([-900.0, -900.0]), EDGES)

    np.testing.assert_array_equal(start, [-900, -40])


def test_a_start_is_left_alone_where_the_density_is_not_finite_nearer():
    def only_far(q):
        return (0.0 if q[1] < -100 else -np.inf), q

    np.testing.assert_array_equal(pulled_back(only_far, np.array([0.0, -500]), EDGES), [0, -500])


def test_a_scale_that_shrinks_around_a_value_has_no_bound():
    direction = collapse(spike, on_the_spike(), EDGES)

    np.testing.assert_array_equal(direction, [0, -1])


def test_an_edge_where_the_value_levels_off_is_no_collapse():
    ascent = newton_ascent(levelling, np.array([0.0, -9.0]))

    assert collapse(levelling, ascent, EDGES) is None


def test_a_coordinate_without_an_edge_does_not_collapse():
    assert collapse(spike, on_the_spike(), support_edges(["Identity", "Identity"])) is None
