"""The Laplace approximation against integrals in closed form, and its gradient."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.latent_densities import gaussian_marginal, skewed_marginal

from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Laplace
from bayeswrap.estimates.marginal_likelihood.quadrature import Quadrature


@pytest.mark.parametrize("make", [skewed_marginal, lambda: Quadrature(skewed_marginal(), 24)])
@pytest.mark.parametrize("psi", [-1.0, 0.3, 2.0])
def test_gradients_are_those_of_the_value(make, psi):
    function, h = make(), 1e-3
    value = [function(np.array([psi + k * h]))[0] for k in (-2, -1, 1, 2)]
    expected = (8 * (value[2] - value[1]) - (value[3] - value[0])) / (12 * h)

    assert function(np.array([psi]))[1][0] == pytest.approx(expected, abs=2e-8)


@pytest.mark.parametrize("psi", [-3.0, 0.0, 1.7])
def test_a_gaussian_integral_is_exact(psi):
    marginal, y = gaussian_marginal()

    value, gradient = marginal(np.array([psi]))

    exact = -0.5 * ((y - psi) ** 2).sum() / 5 - 1.5 * np.log(2 * np.pi * 5)
    assert value == pytest.approx(exact, abs=1e-10)
    assert gradient[0] == pytest.approx((y - psi).sum() / 5, abs=1e-9)


def test_the_conditional_mode_of_a_gaussian_is_its_shrunken_mean():
    marginal, y = gaussian_marginal()

    inner = marginal.settle(np.array([2.0]))

    np.testing.assert_allclose(inner.q[1:], (2 + y / 4) / (5 / 4), rtol=1e-10)
    np.testing.assert_allclose(inner.precision.variances(), 4 / 5, rtol=1e-9)
    assert marginal.is_quadratic(inner)
    assert marginal.has_pattern(inner)


def test_a_skewed_density_is_not_called_quadratic():
    function = skewed_marginal()

    assert not function.is_quadratic(function.settle(np.array([0.3])))


def test_effects_without_a_mode_have_no_approximation():
    latent = np.array([False, True])
    # the density of the effect rises for ever
    marginal = Laplace(lambda q: (float(q[1]), np.array([0.0, 1.0])), np.zeros(2), latent, ~latent)

    value, gradient = marginal(np.zeros(1))

    assert value == -np.inf
    assert np.isnan(gradient).all()


def test_a_far_start_of_the_effects_is_climbed_from():
    marginal, _ = gaussian_marginal()
    marginal.settle(np.array([1e6]))

    assert marginal.settle(np.array([0.0])).q[1:] == pytest.approx([0.2, -0.4, 0.8], abs=1e-9)
