"""A density in whitened coordinates: values, slopes, curvature and roughness."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.estimates.profile_likelihood.whitened import Whitened

COVARIANCE = np.array([[4.0, 3.0], [3.0, 9.0]])
CENTRE = np.array([10.0, -5.0])


def gaussian(q):
    step = np.linalg.solve(COVARIANCE, q - CENTRE)
    return float(-0.5 * (q - CENTRE) @ step - 7), -step


@pytest.fixture
def space():
    return Whitened(gaussian, CENTRE, -7.0, np.linalg.cholesky(COVARIANCE))


def test_a_gaussian_becomes_the_standard_one(space):
    z = np.array([1.5, -0.3])

    value, slope = space.at(z)

    assert space.size == 2
    assert value == pytest.approx(-z @ z / 2, rel=1e-12)
    np.testing.assert_allclose(slope, -z, rtol=1e-12)
    np.testing.assert_allclose(space.hessian(z), -np.eye(2), atol=1e-9)


def test_every_gradient_is_counted(space):
    space.hessian(np.zeros(2))

    assert space.gradients == 4


def test_a_value_without_its_digits_is_not_smooth():
    def rounded(q):
        value, gradient = gaussian(q)
        return float(np.float32(1e6 * value)) / 1e6 + 1e-3 * np.sin(1e6 * q[0]), gradient

    root = np.linalg.cholesky(COVARIANCE)

    assert Whitened(gaussian, CENTRE, -7.0, root).is_smooth(np.ones(2))
    assert not Whitened(rounded, CENTRE, -7.0, root).is_smooth(np.ones(2))
