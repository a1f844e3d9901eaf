"""Rays on closed forms: the inner maximum and the Gaussian integral around it."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.diagnosis.propriety.rays import ray_of

RHO = 0.6


def gaussian(q):
    """Log density of a bivariate normal with unit variances and correlation RHO."""
    precision = np.array([[1, -RHO], [-RHO, 1]]) / (1 - RHO**2)
    return float(-q @ precision @ q / 2), -precision @ q


def level(q):
    """Constant along the second coordinate."""
    return float(-(q[0] ** 2) / 2), np.array([-q[0], 0.0])


def test_the_conditional_maximum_of_a_normal_is_its_regression():
    ray = ray_of(gaussian, np.zeros(2), np.array([1.0, 0.0]), 1.0)
    station = ray.exact(2.0, [np.zeros(1)], ray.root)

    assert station.w == pytest.approx([RHO * 2.0], abs=1e-6)
    assert station.height == pytest.approx(-2.0)
    # the marginal density is normal: half a square, whatever the correlation
    at_centre = ray.exact(0.0, [np.zeros(1)], ray.root)
    assert at_centre.marginal - station.marginal == pytest.approx(2.0, abs=1e-6)
    assert station.volume == pytest.approx(np.log(1 - RHO**2) / 2, abs=1e-6)


def test_the_drift_is_the_slope_of_the_regression():
    ray = ray_of(gaussian, np.zeros(2), np.array([3.0, 0.0]), 1.0)

    assert ray.drift == pytest.approx([RHO], abs=1e-6)
    assert ray.rough(2.0)[0].height == pytest.approx(-2.0, abs=1e-8)


def test_a_level_direction_has_infinite_volume():
    ray = ray_of(level, np.zeros(2), np.array([1.0, 0.0]), 1.0)

    assert ray.exact(1.0, [np.zeros(1)], None).volume == np.inf


def test_one_coordinate_has_nothing_across():
    ray = ray_of(lambda q: (float(-(q[0] ** 2)), -2 * q), np.zeros(1), np.ones(1), 1.0)
    station = ray.exact(3.0, [np.zeros(0)], None)

    assert (station.height, station.volume) == (-9.0, 0.0)
