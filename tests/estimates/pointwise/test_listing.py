"""Names of observations: all of them different."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.pointwise.listing import observation_names
from bayeswrap.program.listings.stored_statements import ObservationSite


def site(name, line=3, indices=1):
    return ObservationSite(name=name, line=line, indices=indices, note="")


def keys(*rows):
    """Make keys as the listing program stores them: the site, then four indices."""
    return np.array([[1, *row, *[0] * (4 - len(row))] for row in rows])


def test_an_observation_is_named_by_its_variable_and_indices():
    sites = [site("y"), site("y"), site("z", indices=2), site("total", indices=0)]

    names = observation_names(sites, keys([1], [2], [2, 1], []))

    assert names == ("y[1]", "y[2]", "z[2,1]", "total")


def test_two_statements_on_one_variable_are_distinguished_by_their_lines():
    sites = [site("y", line=4), site("y", line=9), site("y", line=9)]

    names = observation_names(sites, keys([1], [1], [2]))

    assert names == ("y[1] (line 4)", "y[1] (line 9)", "y[2]")


def test_what_one_line_observes_twice_is_numbered():
    sites = [site("line 5", line=5, indices=0)] * 2 + [site("y", line=7, indices=0)] * 2

    names = observation_names(sites, keys([], [], [], []))

    assert names == ("line 5[1]", "line 5[2]", "y (line 7)[1]", "y (line 7)[2]")


@pytest.mark.parametrize("count", [1, 2, 5])
def test_names_are_different_whatever_repeats(count):
    names = observation_names([site("y")] * count, keys(*[[1]] * count))

    assert len(set(names)) == count
