"""Where a search starts: random points, the user's values, and coordinates that nothing reaches."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from bayeswrap.errors import DataError, EngineRunError
from bayeswrap.estimates.optimization import starting_points
from bayeswrap.estimates.optimization.starting_points import (
    find_start,
    flat_coordinates,
    no_start,
    random_start,
    with_inits,
)


def problem(inits=(), fixed=(), unconstrain=None, start=None):
    """Two coordinates whose parameters are themselves."""
    coordinates = SimpleNamespace(arrays=lambda q: {"a": q[0], "b": q[1]})
    transforms = SimpleNamespace(
        dimension=2, unconstrain=unconstrain or (lambda v: np.array([v["a"], v["b"]], dtype=float))
    )
    return SimpleNamespace(
        inits=dict(inits),
        start=start,
        coordinates=coordinates,
        density=SimpleNamespace(transforms=transforms),
        fixed_coordinates=dict(fixed),
        executable=None,
        seed=3,
        program=SimpleNamespace(name="test"),
    )


def everywhere(q):
    return float(-q @ q), -2 * q


def test_a_random_start_lies_within_the_radius_and_follows_its_seed():
    first, again = (random_start(problem(), everywhere, 1) for _ in range(2))

    np.testing.assert_array_equal(first, again)
    assert np.abs(first).max() <= 2
    assert not np.array_equal(first, random_start(problem(), everywhere, 2))


def test_refused_points_move_to_the_origin():
    def narrow(q):
        return (0.0 if np.abs(q).max() < 0.2 else -np.inf), q

    assert np.abs(random_start(problem(), narrow, 1)).max() < 0.2


def test_a_density_that_is_finite_nowhere_has_no_start(monkeypatch):
    monkeypatch.setattr(starting_points, "refusal_of", lambda _: None)

    def nowhere(q):
        return -np.inf, q

    assert random_start(problem(), nowhere, 1) is None
    with pytest.raises(EngineRunError, match="no starting point"):
        find_start(problem(), nowhere)
    assert "test" in str(no_start(problem()))


def test_initial_and_fixed_values_are_put_in():
    q = with_inits(problem({"a": 7.0}, {1: -4.0}), np.array([0.1, 0.2]))

    np.testing.assert_array_equal(q, [7, -4])


def test_a_position_to_start_from_goes_before_initial_values():
    start = np.array([1.0, 2.0])

    q = with_inits(problem({"a": 7.0}, {1: -4.0}, start=start), np.array([0.1, 0.2]))

    np.testing.assert_array_equal(q, [1, -4])
    np.testing.assert_array_equal(start, [1, 2])


def test_values_that_fit_at_no_point_say_why():
    def refuse(_):
        raise DataError("a must be below b")

    with pytest.raises(DataError, match="below b"):
        random_start(problem({"a": 7.0}, unconstrain=refuse), everywhere, 1)


def test_without_an_executable_the_start_is_climbed_from_a_random_point():
    q, run = find_start(problem(), everywhere)

    assert run is None
    np.testing.assert_allclose(q, [0, 0], atol=1e-4)


def test_a_coordinate_that_nothing_reaches_is_flat():
    def first_only(q):
        return float(-(q[0] ** 2)), np.array([-2 * q[0], 0.0])

    np.testing.assert_array_equal(flat_coordinates(first_only, np.ones(2)), [False, True])


def test_a_slope_that_rounds_to_zero_far_out_is_none_at_the_origin():
    def fading(q):
        return float(-np.exp(-q[0])), np.exp(-q)

    assert not flat_coordinates(fading, np.array([1e4])).any()
    assert not flat_coordinates(lambda _: (0.0, np.full(1, np.nan)), np.zeros(1)).any()
