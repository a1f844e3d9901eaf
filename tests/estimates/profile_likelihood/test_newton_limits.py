"""Both ways to a limit, Newton's method and the walk, on functions with known profiles."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import brentq

from bayeswrap.estimates.profile_likelihood.newton_limits import find_limit
from bayeswrap.estimates.profile_likelihood.scalar import ScalarOfInterest
from bayeswrap.estimates.profile_likelihood.stepwise_limits import LimitKind, StepwiseSearch
from bayeswrap.estimates.profile_likelihood.whitened import Whitened

CUT = 3.84


def interest(function, size=2):
    """The first coordinate of a function whose maximum is 0 at 0 with unit curvature."""
    space = Whitened(function, np.zeros(size), 0.0, np.eye(size))
    return ScalarOfInterest(
        problem=None,
        space=space,
        row=0,
        derived=False,
        centre=0.0,
        scale=1.0,
        direction=np.eye(size)[0],
    )


def parabola(q):
    return -(q @ q) / 2, -q


def skewed(q):
    # in the first coordinate the log likelihood of a Poisson mean's logarithm
    x, y = q[0], q[1] - q[0] ** 2
    value = x - np.expm1(x) - y**2 / 2
    return value, np.array([1 - np.exp(x) + 2 * q[0] * y, -y])


def levelling(q):
    # falls by no more than 1 on the right, whatever the other coordinate does
    x = np.maximum(q[0], -50)
    fall = (1 - np.exp(-(x**2) / 2)) if x > 0 else x**2 / 2
    slope = -x * np.exp(-(x**2) / 2) if x > 0 else -x
    return -fall - q[1] ** 2 / 2, np.array([slope, -q[1]])


def ending(q):
    if q[0] > 1.5:
        return -np.inf, np.full(q.size, np.nan)
    return parabola(q)


@pytest.mark.parametrize("side", [-1, 1])
def test_newton_and_walk_agree_on_a_bent_valley(side):
    root = brentq(lambda x: 2 * (np.expm1(x) - x) - CUT, *sorted((side * 1e-6, side * 5)))

    direct = find_limit(interest(skewed), side, CUT)
    walked = StepwiseSearch(interest(skewed), side, CUT, ()).limit()

    assert direct.end is walked.end is LimitKind.CROSSED
    assert direct.last.u == pytest.approx(root, rel=1e-9)
    assert walked.last.u == pytest.approx(root, rel=1e-6)
    np.testing.assert_allclose(direct.last.z, [root, root**2], rtol=1e-6)
    for point in direct.path:
        assert point.deviance == pytest.approx(2 * (np.expm1(point.u) - point.u), abs=1e-5)


def test_newton_is_cheap():
    scalar = interest(skewed)

    find_limit(scalar, 1, CUT)

    assert scalar.space.gradients < 127


def test_a_parabola_ends_at_the_wald_limit():
    assert find_limit(interest(parabola, 5), -1, CUT).last.u == pytest.approx(-np.sqrt(CUT))


@pytest.mark.parametrize(("side", "end"), [(1, LimitKind.LEVEL), (-1, LimitKind.CROSSED)])
def test_a_deviance_that_levels_off_has_no_limit(side, end):
    found = find_limit(interest(levelling), side, CUT)

    assert found.end is end
    assert found.last.deviance == pytest.approx(2 if side > 0 else CUT, rel=1e-6)


def test_a_density_that_ends_before_the_cutoff():
    found = StepwiseSearch(interest(ending), 1, CUT, ()).limit()

    assert found.end is LimitKind.REFUSED
    assert found.last.u == pytest.approx(1.5, abs=0.01)


def test_a_single_coordinate_needs_no_inner_maximum():
    found = find_limit(interest(lambda q: (-(q @ q) / 2, -q), 1), 1, CUT)

    assert found.last.u == pytest.approx(np.sqrt(CUT), rel=1e-9)


def test_a_better_maximum_on_the_way_is_handed_back():
    def two_modes(q):
        x = q[0]
        value = np.logaddexp(-(x**2) / 2, 3 - (x - 5) ** 2 / 2) - np.logaddexp(0, 3 - 12.5)
        weight = 1 / (1 + np.exp(3 - (x - 5) ** 2 / 2 + x**2 / 2))
        return value, np.array([-x * weight - (x - 5) * (1 - weight)])

    found = find_limit(interest(two_modes, 1), 1, 60.0)

    assert min(p.deviance for p in (*found.path, found.last)) < -1
