"""Quadrature in each group against brute-force integrals."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.latent_densities import gaussian_marginal, skewed_marginal
from numpy.polynomial import legendre

from bayeswrap.errors import UsageError
from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Laplace
from bayeswrap.estimates.marginal_likelihood.quadrature import Quadrature, running_integral


def test_quadrature_is_the_integral():
    at, weights = legendre.leggauss(400)
    u = -20 + 15 * (at + 1)  # to +10, where exp(-exp(u)) has long vanished
    expected = sum(
        np.log(15 * weights @ np.exp(w * (u - np.exp(u)) - 0.5 * (u - 0.3) ** 2))
        for w in (1.0, 2.0, 5.0)
    )

    psi = np.array([0.3])
    assert Quadrature(skewed_marginal(), 24)(psi)[0] == pytest.approx(expected, abs=1e-9)
    assert abs(skewed_marginal()(psi)[0] - expected) > 1e-3


def test_a_gaussian_integral_needs_few_nodes():
    laplace, _ = gaussian_marginal()

    at = np.array([0.7])

    assert Quadrature(laplace, 24)(at)[0] == pytest.approx(laplace(at)[0], abs=1e-9)


def test_few_nodes_and_effects_that_meet_are_refused():
    with pytest.raises(UsageError, match="too few nodes"):
        Quadrature(gaussian_marginal()[0], 7)

    def joint(q):
        u = q[1:]
        return float(-u @ u - u[0] * u[1]), np.array([0, -2 * u[0] - u[1], -2 * u[1] - u[0]])

    latent = np.array([False, True, True])
    with pytest.raises(UsageError, match="independent"):
        Quadrature(Laplace(joint, np.zeros(3), latent, ~latent), 24)


def test_running_integrals_of_polynomials_are_exact():
    at, weights = legendre.leggauss(8)

    running = running_integral(at, weights) @ (3 * at**2)

    np.testing.assert_allclose(running, at**3 + 1, atol=1e-14)
