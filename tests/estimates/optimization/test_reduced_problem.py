"""The coordinates that move, and the way back to all of them."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from bayeswrap.estimates.optimization.reduced_problem import reduced_problem
from bayeswrap.estimates.problem.support import support_edges


def objective(q):
    """A funnel: a log scale v, an effect x, and a third coordinate of its own."""
    v, x, w = q
    square = x**2 * np.exp(-2 * v)
    value = -square / 2 - v - w**2
    return float(value), np.array([square - 1, -x * np.exp(-2 * v), -2 * w])


@pytest.fixture
def reduced():
    kinds = ("Lower", "Identity", "Identity")
    coordinates = SimpleNamespace(
        kinds=kinds, variables=("s", "x", "w"), edges=support_edges(kinds)
    )
    problem = SimpleNamespace(inits={"x": 5.0}, start=None, coordinates=coordinates)
    still = np.array([False, False, True])
    return reduced_problem(problem, objective, np.array([0.0, 5.0, 9.0]), still)


def test_the_function_is_that_of_the_coordinates_that_move(reduced):
    part = np.array([0.2, 3.0])

    value, gradient = reduced.function(part)

    whole = objective(np.array([0.2, 3.0, 9.0]))
    assert value == whole[0]
    np.testing.assert_array_equal(gradient, whole[1][:2])
    assert reduced.kinds == ("Lower", "Identity")
    assert reduced.edges.below == (True, False)


def test_a_part_is_put_back_among_the_others(reduced):
    np.testing.assert_array_equal(reduced.whole(np.array([1.0, 2.0])), [1, 2, 9])
    np.testing.assert_array_equal(reduced.base, [0, 5, 9])


def test_a_scale_is_fitted_to_the_value_that_the_user_set(reduced):
    part = reduced.fitted(np.array([0.0, 5.0]))

    # s = |x| is the conditional maximum
    assert part[0] == pytest.approx(np.log(5), abs=1e-2)
    assert part[1] == 5
