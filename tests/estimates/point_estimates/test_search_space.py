"""Where a search begins, and which coordinates move."""

from __future__ import annotations

import numpy as np
import pytest

import bayeswrap as bw
from bayeswrap.estimates.point_estimates.search_space import search_space

LOOSE = "data { real y; } parameters { real a; real loose; } model { y ~ normal(a, 1); }"


@pytest.fixture(scope="module")
def problem():
    model = bw.Model(bw.Program.from_string(LOOSE, name="loose"), {"y": 2.0}, engine="stanli")
    return model.map(seed=1, require_converged=False).problem


def test_a_coordinate_that_no_statement_reaches_stands_still(problem):
    space = search_space(problem, by_stan=False)

    np.testing.assert_array_equal(space.flat, [False, True])
    assert space.reduced.free.tolist() == [0]


def test_the_start_has_a_density(problem):
    space = search_space(problem, by_stan=True)

    assert np.isfinite(problem.objective(space.start)[0])
