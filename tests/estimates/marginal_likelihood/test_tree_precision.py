"""Factors along a tree against dense linear algebra."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.latent_densities import matrix_of

from bayeswrap.estimates.marginal_likelihood.elimination_tree import EliminationTree
from bayeswrap.estimates.marginal_likelihood.tree_precision import Branches, TreePrecision
from bayeswrap.estimates.numerics.hessian_pattern import find_pattern

KINDS = ("diagonal", "pairs", "chain", "arrow", "dense")


def factored(a):
    pattern = find_pattern(lambda u: -a @ u, np.ones(len(a)))
    branches = Branches(EliminationTree.of(pattern.met), pattern)
    return TreePrecision.of(a[pattern.rows, pattern.columns], branches), branches, pattern


@pytest.mark.parametrize("kind", KINDS)
def test_solutions_determinant_variances_and_root(kind):
    a = matrix_of(kind, 20)
    b = np.arange(20.0)

    precision, _, _ = factored(a)

    inverse = np.linalg.inv(a)
    np.testing.assert_allclose(precision.solve(b), inverse @ b, rtol=1e-12, atol=1e-13)
    assert precision.log_determinant == pytest.approx(np.linalg.slogdet(a)[1], rel=1e-13)
    np.testing.assert_allclose(precision.variances(), np.diag(inverse), rtol=1e-12)
    np.testing.assert_allclose(precision.root() @ precision.root().T, inverse, atol=1e-13)


@pytest.mark.parametrize("kind", KINDS)
def test_a_trace_needs_one_direction_a_depth(kind):
    a = matrix_of(kind, 20)
    other = a * np.random.default_rng(2).normal(size=a.shape)
    other = other + other.T

    precision, branches, _ = factored(a)
    directions = precision.trace_directions()

    assert len(directions) == branches.tree.height
    found = sum(sign * d @ other @ d for sign, d in directions)
    assert found == pytest.approx(np.trace(np.linalg.solve(a, other)), rel=1e-11)


@pytest.mark.parametrize("kind", KINDS)
def test_a_factor_nearby_is_refined_by_products(kind):
    a = matrix_of(kind, 20)
    _, branches, pattern = factored(a)
    off = 1 + 0.05 * np.sin(pattern.rows + pattern.columns)
    near = TreePrecision.of(off * a[pattern.rows, pattern.columns], branches)

    refined = near.refined(lambda: off, lambda direction: a @ direction)

    assert refined.log_determinant == pytest.approx(np.linalg.slogdet(a)[1], rel=1e-13)
    np.testing.assert_allclose(refined.variances(), np.diag(np.linalg.inv(a)), rtol=1e-12)


def test_what_is_not_positive_definite_has_no_factor():
    a = matrix_of("arrow", 8)
    a[5, 5] = -1.0

    assert factored(a)[0] is None
