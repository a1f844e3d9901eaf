"""The climb from one start."""

from __future__ import annotations

import numpy as np

from bayeswrap.estimates.multistart.basin_scan import scanned
from bayeswrap.estimates.multistart.clusters import Cluster
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.problem.support import support_edges

SCALES = np.array([1e3, 1.0, 1e-3])


def ridge(q):
    z = (q - 1) / SCALES
    return float(-z @ z / 2), -z / SCALES


def evaluations(home, begin):
    count = 0

    def counting(q):
        nonlocal count
        count += 1
        return ridge(q)

    return scanned(counting, begin, home), count


def test_a_climb_without_a_known_mode_comes_to_the_top():
    (value, _), _ = evaluations(None, np.array([500.0, 3.0, 1.002]))

    assert value > -1e-3


def test_the_curvature_of_a_known_mode_makes_the_climb_short():
    mode = find_optimum(ridge, np.ones(3), support_edges(["Identity"] * 3))

    (_, end), count = evaluations(Cluster(mode, hits=1), np.array([500.0, 3.0, 1.02]))

    assert Cluster(mode, hits=1).holds(end)
    assert count < 8
