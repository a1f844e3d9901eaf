"""Functions of some coordinates, refusals, and what rounding may do."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import minimize

from bayeswrap.estimates.numerics.functions import Refusing, restricted, rounding_of, same_value


def logarithm(x):
    """log x - x, with a maximum at 1 and an end of the support at 0."""
    with np.errstate(all="ignore"):
        return float(np.log(x[0]) - x[0]), 1 / x - 1


def test_restricted_holds_the_others():
    inner = restricted(lambda q: (float(q @ q), 2 * q), np.array([1.0, 2, 3]), [1])

    value, gradient = inner(np.array([5.0]))

    assert value == 1 + 25 + 9
    np.testing.assert_array_equal(gradient, [10])


def test_a_minimiser_steps_back_from_the_end_of_the_support():
    # the first step of length 1 leads from 5e-3 far beyond the maximum, the second may pass 0
    result = minimize(Refusing(logarithm), [5e-3], jac=True, method="L-BFGS-B")

    assert Refusing(logarithm).accepted(result)
    assert result.x == pytest.approx(1, abs=1e-5)
    assert result.fun == pytest.approx(1)


@pytest.mark.parametrize(
    "point", [(np.nan, np.zeros(1)), (np.inf, np.zeros(1)), (1.0, np.array([np.nan]))]
)
def test_what_is_not_finite_is_refused_without_a_slope(point):
    downhill = Refusing(lambda _: point)

    value, gradient = downhill(np.ones(1))

    assert np.isfinite(value)
    np.testing.assert_array_equal(gradient, [0])
    assert not downhill.accepted(minimize(downhill, [1.0], jac=True, method="L-BFGS-B"))


def test_values_are_the_same_to_their_own_size():
    assert same_value(-1e6, -1e6 * (1 + 5e-10))
    assert not same_value(-1.0, -1.0 - 1e-8)
    assert same_value(-1.0, -1.0 - 1e-8, relative=1e-6)
    assert not same_value(0.0, np.inf)
    assert not same_value(0.0, np.nan)


def test_rounding_exceeds_that_of_a_sum_of_a_thousand_terms():
    terms = np.random.default_rng(1).normal(size=1000)
    orders = [np.random.default_rng(i).permutation(terms) for i in range(20)]

    sums = [float(np.add.accumulate(order)[-1]) for order in orders]

    assert np.ptp(sums) < rounding_of(sums[0])
