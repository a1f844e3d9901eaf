"""Gradients against differences of values."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.optimization.slope_check import (
    is_slope_of_values,
    slope_error,
    with_slopes_of_values,
)
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.estimates.results.status import Status

FREE = support_edges(["Identity"])


def quartic(q):
    return float(-(q**2).sum() / 2 - (q**4).sum() / 24), -q - q**3 / 6


def tilted(slope):
    """Return a parabola that rises to the right, with the gradient of one that does not."""
    return lambda q: (float(-(q**2).sum() / 2 + slope * q.sum()), -q)


def test_a_true_gradient_has_no_error():
    assert slope_error(quartic, np.zeros(3), np.eye(3)) == 0


@pytest.mark.parametrize("slope", [0.1, -0.1, 1.0])
def test_the_error_is_the_slope_that_the_gradient_leaves_out(slope):
    assert slope_error(tilted(slope), np.zeros(2), np.eye(2)) == pytest.approx(abs(slope))


def test_noise_of_the_values_is_no_error():
    rng = np.random.default_rng(1)

    def noisy(q):
        value, gradient = quartic(q)
        return value + 1e-5 * rng.normal(), gradient

    assert is_slope_of_values(noisy, np.zeros(4), np.eye(4))


def test_an_edge_next_to_the_point_is_no_error():
    def half(q):
        return (-np.inf, np.full(1, np.nan)) if q[0] < 0 else tilted(1.0)(q)

    assert slope_error(half, np.zeros(1), np.eye(1)) == 0


def test_slopes_of_values_are_those_of_the_function():
    q = np.array([0.3, -20.0])

    value, slopes = with_slopes_of_values(quartic)(q)

    assert value == quartic(q)[0]
    np.testing.assert_allclose(slopes, quartic(q)[1], rtol=1e-8)


def test_a_point_next_to_which_there_is_no_density_is_refused():
    value, slopes = with_slopes_of_values(lambda q: (-np.inf if q[0] < 0 else 0.0, np.zeros(1)))(
        np.zeros(1)
    )

    assert value == -np.inf
    assert np.isnan(slopes).all()


def test_a_false_maximum_is_left_for_the_true_one():
    optimum = find_optimum(tilted(0.5), np.array([2.0]), FREE)

    assert optimum.status is Status.CONVERGED
    np.testing.assert_allclose(optimum.q, [0.5], atol=1e-6)
    np.testing.assert_allclose(optimum.contradicted_at, [0.0], atol=1e-6)
