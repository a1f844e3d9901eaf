"""Limits in small steps, on densities with known profiles."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.profile_likelihood.scalar import ScalarOfInterest
from bayeswrap.estimates.profile_likelihood.stepwise_limits import LimitKind, StepwiseSearch, unit
from bayeswrap.estimates.profile_likelihood.whitened import Whitened

CUT = 3.84


def limit(function, size, side=1, cut=CUT, starts=()):
    """The limit of the first coordinate of a function whose maximum is 0 at 0."""
    interest = ScalarOfInterest(
        problem=None,
        space=Whitened(function, np.zeros(size), 0.0, np.eye(size)),
        row=0,
        derived=False,
        centre=0.0,
        scale=1.0,
        direction=np.eye(size)[0],
    )
    return StepwiseSearch(interest, side, cut, starts).limit()


def correlated(q):
    """A Gaussian with unit curvature and correlation 0.8 across: the profile is (1 - 0.64) u^2."""
    matrix = np.array([[1.0, 0.8], [0.8, 1.0]])
    return float(-0.5 * q @ matrix @ q), -matrix @ q


@pytest.mark.parametrize("side", [-1, 1])
def test_a_gaussian_ends_at_its_conditional_standard_error(side):
    end = limit(correlated, 2, side)

    assert end.end is LimitKind.CROSSED
    assert end.last.u == pytest.approx(side * np.sqrt(CUT / 0.36), rel=1e-6)
    assert end.last.z[1] == pytest.approx(-0.8 * end.last.u, abs=1e-4)
    assert all(p.deviance == pytest.approx(0.36 * p.u**2, abs=1e-6) for p in end.path)


def test_a_jump_past_the_cutoff_is_none_of_the_profile():
    def cliff(q):
        fall = 50.0 if q[0] > 1 else 0.0
        return float(-0.5 * q @ q - fall), -q

    end = limit(cliff, 1)

    assert end.end is LimitKind.JUMPED
    assert end.last.u == pytest.approx(1, abs=1e-3)


def test_a_rise_too_slow_for_the_cutoff():
    def logarithmic(q):
        # the deviance grows like the logarithm of the logarithm of the distance
        inner = 1 + np.log1p(q[0] ** 2)
        slope = 2 * q[0] / (1 + q[0] ** 2) / inner
        return float(-0.1 * np.log(inner)), np.array([-0.1 * slope])

    assert limit(logarithmic, 1).end is LimitKind.SLOW


def test_starts_beside_the_maximum_are_tried_as_well():
    def two_valleys(q):
        """The second coordinate is best near 0 on one side and near 5 on the other, by 1 nat."""
        near, far = -0.5 * q[1] ** 2, q[0] - 0.5 * (q[1] - 5) ** 2 - 2
        weight = 1 / (1 + np.exp(far - near))
        across = -q[1] * weight - (q[1] - 5) * (1 - weight)
        top = np.logaddexp(0, -14.5)
        value = np.logaddexp(near, far) - 0.5 * q[0] ** 2 - top
        return float(value), np.array([1 - weight - q[0], across])

    alone = limit(two_valleys, 2, cut=9.0)
    helped = limit(two_valleys, 2, cut=9.0, starts=(np.array([0.0, 5.0]),))

    assert helped.last.u > alone.last.u + 0.1
    assert helped.last.z[1] == pytest.approx(5, abs=0.1)


def test_a_unit_vector_keeps_nothing_as_it_is():
    np.testing.assert_allclose(unit(np.array([3.0, 4.0])), [0.6, 0.8])
    np.testing.assert_array_equal(unit(np.zeros(2)), 0)
