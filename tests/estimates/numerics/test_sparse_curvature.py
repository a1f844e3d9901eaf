"""Curvature of many coordinates from few gradients, against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.latent_densities import matrix_of

from bayeswrap.estimates.numerics.derivatives import hessian_along
from bayeswrap.estimates.numerics.newton import AscentEnd, newton_ascent
from bayeswrap.estimates.numerics.sparse_curvature import SparseCurvature


class Counted:
    """Minus a sum of cosh of products: convex, with the pattern of a matrix."""

    def __init__(self, kind, n):
        self.a = matrix_of(kind, n)
        self.count = 0

    def __call__(self, q):
        self.count += 1
        return -0.5 * q @ self.a @ q - np.cosh(q).sum(), -self.a @ q - np.sinh(q)

    def hessian(self, q):
        return -self.a - np.diag(np.cosh(q))


@pytest.mark.parametrize("kind", ["diagonal", "pairs", "chain", "arrow"])
def test_the_curvature_along_a_root(kind):
    function, n = Counted(kind, 200), 200
    q = np.linspace(-1, 1, n)
    root = np.linalg.inv(np.linalg.cholesky(-function.hessian(q))).T

    found = hessian_along(SparseCurvature(function), q, root)

    np.testing.assert_allclose(found, -np.eye(n), atol=1e-8)
    assert function.count < n  # 800 with all columns


@pytest.mark.parametrize(("kind", "n"), [("dense", 120), ("chain", 40)])
def test_where_nothing_is_saved_all_columns_are_differenced(kind, n):
    function = Counted(kind, n)
    root = np.diag(1 / np.sqrt(np.diag(function.a)))

    assert SparseCurvature(function).curvature_along(np.ones(n), root, 1e-3) is None
    np.testing.assert_allclose(
        hessian_along(SparseCurvature(function), np.ones(n), root),
        root.T @ function.hessian(np.ones(n)) @ root,
        atol=1e-8,
    )


def test_pairs_that_meet_elsewhere_are_found_there():
    def function(q):
        # the first and the last meet where both are above 1
        shared = max(0.0, q[0] - 1) ** 2 * max(0.0, q[-1] - 1) ** 2
        slope = -q
        slope[0] -= max(0.0, q[0] - 1) * max(0.0, q[-1] - 1) ** 2
        slope[-1] -= max(0.0, q[0] - 1) ** 2 * max(0.0, q[-1] - 1)
        return -0.5 * (q @ q) - 0.5 * shared, slope

    sparse, root = SparseCurvature(function), np.eye(150)
    near = hessian_along(sparse, np.zeros(150), root)
    far = hessian_along(sparse, np.full(150, 2.0), root)

    np.testing.assert_allclose(near, -np.eye(150), atol=1e-9)
    assert far[0, -1] == pytest.approx(-2.0, abs=1e-8)


def test_an_ascent_of_many_coordinates_takes_few_gradients():
    function = Counted("arrow", 400)

    ascent = newton_ascent(SparseCurvature(function), np.ones(400))

    assert ascent.end is AscentEnd.CONVERGED
    assert np.abs(ascent.q).max() < 1e-10
    assert function.count < 1500  # 1,600 for each curvature with all columns
