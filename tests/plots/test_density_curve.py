"""Kernel density within support and window."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.plots.density_curve import density_curve


def test_a_density_stays_inside_the_support_and_integrates_to_one():
    draws = np.random.default_rng(4).exponential(size=4000)
    x, density = density_curve(draws, (0.0, np.inf), (-1.0, 12.0))
    assert x.min() == 0.0
    assert np.trapezoid(density, x) == pytest.approx(1.0, abs=0.01)
    assert density[0] > 0.7, "half of the mass at an edge must not leak away"


def test_a_density_of_heavy_tails_is_right_within_a_narrow_window():
    draws = np.random.default_rng(5).standard_cauchy(20_000)
    x, density = density_curve(draws, (-np.inf, np.inf), (-1.0, 1.0))
    np.testing.assert_allclose(density, 1 / (np.pi * (1 + x**2)), atol=0.02)
