"""Ends of a search: one mode or two, in which order, whatever the order of the starts."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bayeswrap.estimates.multistart.clusters import (
    INSIDE,
    Cluster,
    ranked,
    with_boundaries_merged,
    without_relabellings,
)
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status


def end(q, value=0.0, status=Status.CONVERGED, sd=1.0, excluded=()):
    """An end of a search at a position whose coordinates have one standard error."""
    q = np.atleast_1d(np.asarray(q, dtype=float))
    return Optimum(
        q=q,
        value=value,
        status=status,
        root=sd * np.eye(q.size),
        decrement=0.0,
        condition=1.0,
        excluded=excluded,
    )


def grouped(ends):
    """Put each end into the first cluster that it is one with, as a search does."""
    clusters = []
    for optimum in ends:
        home = next((c for c in clusters if c.is_the_same(optimum)), None)
        if home is None:
            home = Cluster(optimum, hits=0)
            clusters.append(home)
        home.take(optimum)
        home.hits += 1
    return ranked(clusters)


def test_a_distance_is_measured_in_standard_errors():
    cluster = Cluster(end([0.0, 0.0], sd=10.0), hits=1)

    assert cluster.distance(np.array([30.0, 40.0])) == pytest.approx(5)
    assert cluster.holds(np.array([INSIDE * 9.9, 0]))
    assert not cluster.holds(np.array([INSIDE * 10.1, 0]))


def test_two_ascents_to_one_mode_are_one_and_two_modes_are_two():
    cluster = Cluster(end(0.0), hits=1)

    assert cluster.is_the_same(end(1e-3))
    assert not cluster.is_the_same(end(1.0))
    assert not cluster.is_the_same(end(1e-3, status=Status.BOUNDARY))


def test_maxima_on_an_edge_are_one_by_the_coordinates_off_it():
    cluster = Cluster(end([3.0, -60.0], 1.0, Status.BOUNDARY, excluded=(1,)), hits=1)

    assert cluster.is_the_same(end([3.0, -75.0], 1.0, Status.BOUNDARY, excluded=(1,)))
    assert not cluster.is_the_same(end([3.1, -60.0], 1.0, Status.BOUNDARY, excluded=(1,)))
    assert not cluster.is_the_same(end([3.0, -60.0], 1.1, Status.BOUNDARY, excluded=(1,)))


def test_of_ends_that_are_no_mode_the_highest_is_kept():
    cluster = Cluster(end(0.0, 1.0, Status.FLAT), hits=1)

    cluster.take(end(5.0, 2.0, Status.FLAT))
    cluster.take(end(9.0, 1.5, Status.FLAT))

    assert cluster.optimum.q == 5
    assert cluster.is_as_high(end(7.0, 2.0 + 1e-7, Status.NOT_CONVERGED))
    assert not cluster.is_as_high(end(7.0, 2.1, Status.NOT_CONVERGED))
    assert not cluster.is_as_high(end(7.0, 2.0))


def test_a_spike_is_never_the_best_mode():
    ends = [
        end(0.0, 99.0, Status.UNBOUNDED),
        end(1.0, 0.0, Status.NOT_CONVERGED),
        end(2.0, 1.0),
        end(3.0, 2.0),
    ]

    order = [c.optimum.q[0] for c in ranked(Cluster(e, hits=1) for e in ends)]

    assert order == [3, 2, 0, 1]


@given(st.permutations(range(12)))
def test_the_order_of_the_starts_does_not_matter(order):
    rng = np.random.default_rng(1)
    modes = [end(0.0, 3.0), end(40.0, 2.0), end(-7.0, 1.0, Status.BOUNDARY)]
    ends = [
        replace(mode, q=mode.q + 1e-4 * rng.normal(size=1)) for mode in modes for _ in range(3)
    ] + [end(rng.normal(), value, Status.NOT_CONVERGED) for value in (5.0, 6.0, 7.0)]

    clusters = grouped(ends[i] for i in order)

    assert [c.hits for c in clusters] == [3, 3, 3, 3]
    assert [round(c.optimum.value) for c in clusters] == [3, 2, 1, 7]


def test_modes_of_different_heights_are_no_permutation_of_one_another():
    low, high = Cluster(end([0.0, 5.0], 1.0), hits=3), Cluster(end([5.0, 0.0], 2.0), hits=2)

    # the heights decide, before any density is evaluated
    assert without_relabellings(None, [high, low]) == [high, low]


POSITIVE = SimpleNamespace(  # scalars that are positive, on the log scale
    whole=lambda q: q, problem=SimpleNamespace(coordinates=SimpleNamespace(constrain=np.exp))
)


def merged(*ends):
    return with_boundaries_merged(POSITIVE, ranked(Cluster(one, hits=1) for one in ends))


def test_a_boundary_is_one_point_however_far_its_coordinate_ran():
    far = end([-110.0, 0.5], status=Status.BOUNDARY, excluded=(0,))
    farther = end([-180.0, 0.5], status=Status.BOUNDARY, excluded=(0,))

    (one,) = merged(far, farther)

    assert one.hits == 2


def test_an_end_on_its_way_to_a_boundary_belongs_to_it():
    boundary = end([-110.0, 0.5], status=Status.BOUNDARY, excluded=(0,))
    near = end([-18.0, 0.5], value=-1e-5, status=Status.NOT_CONVERGED)
    far = end([-3.0, 0.5], value=-1e-5, status=Status.NOT_CONVERGED)
    low = end([-18.0, 0.5], value=-1.0, status=Status.NOT_CONVERGED)

    assert [c.hits for c in merged(boundary, near)] == [2]
    assert [c.hits for c in merged(boundary, far)] == [1, 1]
    assert [c.hits for c in merged(boundary, low)] == [1, 1]


def test_boundaries_at_other_values_of_the_free_parameters_stay_apart():
    one = end([-110.0, 0.5], status=Status.BOUNDARY, excluded=(0,))
    other = end([-110.0, 0.9], status=Status.BOUNDARY, excluded=(0,))

    assert len(merged(one, other)) == 2


def test_modes_inside_the_support_are_not_merged_here():
    assert len(merged(end([0.0]), end([1e-6]))) == 2
