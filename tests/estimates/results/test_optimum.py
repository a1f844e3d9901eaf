"""An optimum among more coordinates, and the direction along which there is none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status

SMALL = Optimum(
    q=np.array([1.0, 2.0]),
    value=-3.0,
    status=Status.FLAT,
    root=np.array([[1.0, 0.5], [0.0, 2.0]]),
    decrement=0.0,
    condition=4.0,
    excluded=(1,),
    direction=np.array([0.5, -1.0]),
)
BASE = np.array([10.0, 20.0, 30.0, 40.0])
FREE = np.array([1, 3])


def test_the_others_stay_where_they_stood():
    whole = SMALL.embedded(FREE, BASE)

    np.testing.assert_array_equal(whole.q, [10, 1, 30, 2])
    np.testing.assert_array_equal(whole.root, [[0, 0], [1, 0.5], [0, 0], [0, 2]])
    np.testing.assert_array_equal(whole.direction, [0, 0.5, 0, -1])
    assert whole.excluded == (3,)
    assert (whole.value, whole.condition, whole.status) == (-3.0, 4.0, Status.FLAT)
    np.testing.assert_array_equal(BASE, [10, 20, 30, 40])


def test_the_covariance_of_the_free_ones_is_kept():
    whole = SMALL.embedded(FREE, BASE)

    covariance = whole.root @ whole.root.T

    np.testing.assert_array_equal(covariance[np.ix_(FREE, FREE)], SMALL.root @ SMALL.root.T)
    assert not covariance[[0, 2]].any()


def test_an_optimum_without_direction_has_none_among_more():
    assert replace(SMALL, direction=None).embedded(FREE, BASE).direction is None


def test_where_all_are_free_nothing_changes():
    assert SMALL.embedded(np.arange(2), np.zeros(2)) is SMALL


def test_parts_of_the_direction_are_relative_to_the_largest():
    whole = replace(SMALL, direction=np.array([-4.0, 0.0, 2.0, 1e-9]))

    assert whole.moving("abcd") == {"a": -1.0, "c": 0.5}


@pytest.mark.parametrize("direction", [None, np.zeros(2), np.array([np.nan, 1.0])])
def test_no_direction_moves_nothing(direction):
    assert replace(SMALL, direction=direction).moving("ab") == {}
