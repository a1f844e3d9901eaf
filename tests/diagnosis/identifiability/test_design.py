"""Links and designs on closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from bayeswrap.diagnosis.identifiability.design import _design, _is_affine, _probit_like


def test_the_inverse_of_phi_approx():
    x = np.linspace(-4, 4, 17)

    assert _probit_like(expit(0.07056 * x**3 + 1.5976 * x)) == pytest.approx(x, abs=1e-9)


def test_a_design_is_made_of_differences():
    columns = np.array([[1.0, 0.0], [2.0, 4.0], [3.0, -5.0]])
    offset = np.array([0.5, 0.0, 1.0])
    steps = np.array([0.5, 0.25])
    moved = [offset + columns[:, i] * steps[i] for i in range(2)]

    assert _design(offset, moved, steps) == pytest.approx(columns)
    assert _design(offset, [], steps).shape == (3, 0)


def test_a_curve_is_not_affine():
    points = np.array([[0.3], [-0.7]])
    design, offset = np.array([[2.0]]), np.array([1.0])

    assert _is_affine(offset, design, points, [np.array([1.6]), np.array([-0.4])])
    assert not _is_affine(offset, design, points, [np.array([1.6]), np.array([-0.3])])
    assert not _is_affine(offset, design, points, [np.array([1.6]), np.array([np.nan])])
