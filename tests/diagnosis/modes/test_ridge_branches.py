"""Ridges in one piece and in several."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.diagnosis.modes.ridge_branches import separate_branches


def product(q):
    """Log density of ten observations with mean 6, normal(a * b, 1)."""
    a, b = q
    off = 6 - a * b
    return -5 * off**2, 10 * off * np.array([b, a])


def circle(q):
    """A ring of radius 3."""
    r = np.linalg.norm(q)
    return -50 * (r - 3) ** 2, -100 * (r - 3) * q / max(r, 1e-12)


@pytest.mark.parametrize(
    ("points", "pieces"),
    [
        ([], 0),
        ([(2, 3)], 1),
        ([(2, 3), (3, 2)], 1),
        ([(0.5, 12), (12, 0.5)], 1),
        ([(2, 3), (-2, -3)], 2),
        ([(2, 3), (-2, -3), (6, 1), (-1, -6)], 2),
    ],
)
def test_a_product_has_two_branches(points, pieces):
    assert separate_branches(product, [np.array(p, dtype=float) for p in points]) == pieces


@pytest.mark.parametrize("angles", [[0.0, 1.5, 3.0, 4.4], [0.0, np.pi]])
def test_a_ring_is_one_piece(angles):
    ends = [3 * np.array([np.cos(a), np.sin(a)]) for a in angles]

    assert separate_branches(circle, ends) == 1


def test_collinear_columns_leave_one_ridge():
    x = np.linspace(-1, 1, 9)
    design = np.column_stack([x, 2 * x, np.ones(9)])
    y = 3 * x + 1

    def regression(q):
        residual = y - design @ q
        return -50 * residual @ residual, 100 * design.T @ residual

    ends = [np.array([3 - 2 * b, b, 1.0]) for b in (-40.0, 0.0, 3.0, 500.0)]

    assert separate_branches(regression, ends) == 1


def test_two_peaks_are_two_pieces():
    def peaks(q):
        return -((q[0] ** 2 - 9) ** 2), np.array([-4 * q[0] * (q[0] ** 2 - 9), 0.0])

    assert separate_branches(peaks, [np.array([-3.0, 0.0]), np.array([3.0, 5.0])]) == 2
