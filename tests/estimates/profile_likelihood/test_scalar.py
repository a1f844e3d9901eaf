"""Scalars in whitened coordinates: slopes and bends against closed forms, smoothness, constants."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.profile_likelihood.scalar import scalar_of_interest
from bayeswrap.estimates.profile_likelihood.whitened import Whitened

BINOMIAL = (
    "data { int n; int y; } parameters { real<lower=0, upper=1> p; }"
    "transformed parameters { real odds = p / (1 - p); real one = 1; }"
    "model { y ~ binomial(n, p); }"
)


@pytest.fixture(scope="module")
def binomial(model):
    mle = model(BINOMIAL, n=10, y=4).mle(seed=1)
    optimum = mle.optimum
    return mle.problem, Whitened(mle.problem.objective, optimum.q, optimum.value, optimum.root)


def test_the_log_density_is_a_unit_parabola_at_first(binomial):
    _, space = binomial
    z = np.array([1e-3])

    assert space.at(z)[0] == pytest.approx(-(z[0] ** 2) / 2, rel=1e-2)
    assert space.hessian(np.zeros(1)) == pytest.approx(-np.ones((1, 1)), rel=1e-6)
    assert space.gradients == 3


def test_a_single_coordinate_is_exact(binomial):
    problem, space = binomial
    interest = scalar_of_interest(problem, space, "p", 0)
    z = np.array([0.7])

    np.testing.assert_array_equal(np.abs(interest.direction), [1])
    assert abs(interest.value(z)) == 0.7
    assert not interest.bend(z).any()
    assert interest.declared(np.zeros(1)) == pytest.approx(0.4, rel=1e-10)


@pytest.mark.parametrize("at", [0.0, 1.3, -2.0])
def test_slope_and_bend_of_the_odds(binomial, at):
    problem, space = binomial
    interest = scalar_of_interest(problem, space, "odds", 1)
    z = np.array([at])

    # the odds are the exponential of the coordinate
    t = space.root[0, 0]
    odds = np.exp(space.position(z)[0])
    first = odds * t / interest.scale
    assert interest.value(z) == pytest.approx((odds - 4 / 6) / interest.scale, abs=1e-9)
    assert interest.slope(z)[0] == pytest.approx(first, rel=1e-9)
    assert interest.bend(z)[0, 0] == pytest.approx(first * t, rel=1e-4)
    assert abs(interest.slope(np.zeros(1))[0]) == pytest.approx(1, rel=1e-9)


def test_a_constant_is_no_interest(binomial):
    problem, space = binomial

    assert scalar_of_interest(problem, space, "one", 2) is None


def test_rounding_is_not_smooth():
    def noisy(q):
        return -(q @ q) / 2 + 1e-2 * np.sin(1e9 * q.sum()), -q

    def smooth(q):
        return -(q @ q) / 2, -q

    z = np.ones(2)
    assert Whitened(smooth, np.zeros(2), 0.0, np.eye(2)).is_smooth(z)
    assert not Whitened(noisy, np.zeros(2), 0.0, np.eye(2)).is_smooth(z)
