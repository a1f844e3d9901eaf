"""Maxima at a scale of 0: eight schools, whose effects are integrated out in closed form."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.marginal_likelihood.boundary_maxima import limits_of, optimum_at_limits
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.estimates.results.status import Status

EDGES = support_edges(["Identity", "Lower"])
Y = np.array([28.0, 8, -3, 7, -1, 1, 18, 12])
S = np.array([15.0, 10, 16, 11, 9, 11, 10, 18])


def schools(y):
    """Return the marginal log likelihood of (mu, log tau), and its gradient."""

    def function(psi):
        between = np.exp(2 * psi[1])
        variance, gap = S**2 + between, y - psi[0]
        value = -0.5 * (np.log(2 * np.pi * variance) + gap**2 / variance).sum()
        by_scale = (between * (gap**2 / variance - 1) / variance).sum()
        return float(value), np.array([(gap / variance).sum(), by_scale])

    return function


def test_a_scale_of_zero_is_a_limit_whose_slope_fades_twice_as_fast_as_the_scale():
    limit, *others = limits_of(schools(Y), np.array([7.9, -1.0]), EDGES)

    assert not others
    assert (limit.at, limit.sign) == (1, -1)
    assert limit.rate == pytest.approx(2, rel=1e-2)


def test_the_maximum_at_the_limit_is_the_pooled_mean():
    function, start = schools(Y), np.array([7.9, -1.0])

    optimum = optimum_at_limits(function, start, EDGES, limits_of(function, start, EDGES))

    weights = S**-2.0
    mean = weights @ Y / weights.sum()
    assert optimum.status is Status.BOUNDARY
    assert optimum.excluded == (1,)
    assert optimum.q[0] == pytest.approx(mean, abs=1e-6)
    assert np.exp(optimum.q[1]) < 1e-20
    value = -0.5 * (np.log(2 * np.pi / weights) + weights * (Y - mean) ** 2).sum()
    assert optimum.value == pytest.approx(value, abs=1e-8)
    assert (optimum.root @ optimum.root.T)[0, 0] == pytest.approx(1 / weights.sum(), rel=1e-6)


def test_effects_that_differ_have_no_limit():
    assert limits_of(schools(10 * Y), np.array([80.0, 4.0]), EDGES) == ()


def test_a_limit_below_an_ordinary_maximum_is_none():
    function, start = schools(10 * Y), np.array([80.0, 4.0])
    limit = limits_of(schools(Y), np.array([7.9, -1.0]), EDGES)

    assert optimum_at_limits(function, start, EDGES, limit) is None
