"""Starts: half uniform, half on the scales of the data, each from its own stream."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from bayeswrap.errors import DataError
from bayeswrap.estimates.multistart.start_distribution import (
    StartDistribution,
    columns_of,
    unreached,
)


def level(q):
    return 0.0, np.zeros(q.size)


def distribution(kinds=("Identity", "Lower"), columns=(), function=level, place=lambda q: q):
    return StartDistribution(kinds=kinds, columns=columns, function=function, place=place)


def draws(starts, count=200, first=0, *, selective=False):
    """The starts of every second number from `first` on."""
    numbers = range(first, 2 * count, 2)
    return np.array(
        [starts.start(np.random.default_rng((1, i)), i, selective=selective) for i in numbers]
    )


def test_columns_are_those_that_vary():
    data = {
        "N": 4,
        "y": [1.0, 2, 3, 4],
        "constant": [1.0, 1, 1, 1],
        "short": [1.0, 2],
        "X": np.array([[1.0, 5], [1, 6], [1, 7]]),
        "name": "a",
    }

    columns = columns_of(data)

    np.testing.assert_array_equal(columns[0], [1, 2, 3, 4])
    np.testing.assert_array_equal(columns[1], [5, 6, 7])
    assert len(columns) == 2


def test_even_starts_are_uniform():
    starts = draws(distribution(columns=(np.array([1e3, 2e3, 5e3]),)))

    assert np.abs(starts).max() <= 2
    assert abs(starts.mean()) < 0.2


def test_odd_starts_have_the_scale_of_the_data():
    y = np.array([1e3, 2e3, 5e3])

    starts = draws(distribution(kinds=("Identity", "Identity"), columns=(y,)), first=1)

    assert (np.abs(starts) > 100).mean() > 0.3
    assert np.isin(starts, y).mean() > 0.1


def test_without_columns_all_starts_are_uniform():
    assert np.abs(draws(distribution(), first=1)).max() <= 2


def test_a_start_does_not_depend_on_those_before_it():
    starts = distribution(columns=(np.array([1.0, 2, 4]),))

    one = starts.start(np.random.default_rng((0, 7)), 7, selective=False)
    starts.start(np.random.default_rng((0, 1)), 1, selective=False)

    np.testing.assert_array_equal(
        one, starts.start(np.random.default_rng((0, 7)), 7, selective=False)
    )


def test_scales_are_fitted_to_the_rest_of_the_start():
    def funnel(q):
        x, v = q
        square = x**2 * np.exp(-2 * v)
        return float(-square / 2 - v), np.array([-x * np.exp(-2 * v), square - 1])

    x, v = draws(distribution(function=funnel), count=1)[0]

    assert v == pytest.approx(np.log(abs(x)), abs=0.1)


def test_a_selective_start_is_the_highest_of_several():
    def hill(q):
        return float(-((q - 50) ** 2).sum()), -2 * (q - 50)

    starts = distribution(kinds=("Identity", "Identity"), function=hill)

    plain = starts.start(np.random.default_rng(1), 2, selective=False)
    best = starts.start(np.random.default_rng(1), 2, selective=True)

    assert hill(best)[0] > hill(plain)[0] + 100


def test_points_that_do_not_fit_are_drawn_again():
    calls = []

    def place(q):
        calls.append(q)
        if len(calls) < 3:
            raise DataError("a bound refuses this")
        return q

    assert distribution(place=place).start(np.random.default_rng(1), 0, selective=False).size == 2
    assert len(calls) == 3


def test_a_density_that_is_finite_nowhere_has_no_start():
    starts = distribution(function=lambda q: (-np.inf, q))

    assert starts.start(np.random.default_rng(1), 0, selective=False) is None


def test_the_place_of_a_narrow_peak_is_not_called_flat():
    def peak(q):
        """Level to the last bit, but near 451."""
        near = np.abs(q[0] - 451) < 30
        return (float(-((q[0] - 451) ** 2)) if near else -900.0), np.array(
            [-2 * (q[0] - 451) if near else 0.0, 0.0]
        )

    reduced = SimpleNamespace(
        kinds=("Identity", "Identity"),
        is_set=(False, False),
        problem=SimpleNamespace(data=SimpleNamespace(values={"y": [440.0, 451, 460]})),
        function=peak,
        place=lambda q: q,
        free=np.array([0, 1]),
    )

    np.testing.assert_array_equal(unreached(reduced, np.array([True, True])), [False, True])
