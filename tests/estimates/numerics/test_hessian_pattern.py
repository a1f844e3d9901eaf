"""Patterns of sparse Hessians, and the colours that difference them."""

from __future__ import annotations

import numpy as np
import pytest
from fixtures.latent_densities import matrix_of

from bayeswrap.estimates.numerics.hessian_pattern import find_pattern, full_pattern


@pytest.mark.parametrize(
    ("kind", "n", "colours"),
    [("diagonal", 30, 1), ("pairs", 30, 2), ("chain", 30, 3), ("arrow", 30, 3), ("dense", 8, 8)],
)
def test_patterns_need_few_colours(kind, n, colours):
    a = matrix_of(kind, n)

    pattern = find_pattern(lambda u: -a @ u, np.ones(n))

    products = (a @ pattern.colours.T).ravel()
    np.testing.assert_allclose(pattern.matrix(products[pattern.source]).toarray(), a, atol=1e-14)
    assert len(pattern.colours) == colours
    assert pattern.is_diagonal == (kind == "diagonal")


def test_columns_of_one_colour_share_no_row():
    a = matrix_of("chain", 40)

    pattern = find_pattern(lambda u: -a @ u, np.ones(40))

    met = a != 0
    for colour in pattern.colours:
        assert met[:, colour].sum(axis=1).max() == 1


def test_effects_that_meet_are_one_block():
    a = np.kron(np.eye(3), np.ones((2, 2)) + np.eye(2))

    blocks = find_pattern(lambda u: -a @ u, np.ones(6)).blocks

    assert len(set(blocks)) == 3
    np.testing.assert_array_equal(blocks[::2], blocks[1::2])


def test_a_narrow_support_takes_shorter_steps():
    def gradient(u):
        inside = np.abs(u).max() < 0.1
        return np.array([-2 * u[0] - u[1], -u[0] - 2 * u[1]]) if inside else np.full(2, np.nan)

    assert not find_pattern(gradient, np.zeros(2)).is_diagonal


@pytest.mark.parametrize(
    ("kind", "gradients"), [("diagonal", 50), ("pairs", 60), ("chain", 100), ("arrow", 90)]
)
def test_many_columns_are_moved_together(kind, gradients):
    a, count = matrix_of(kind, 600), [0]

    def gradient(u):
        count[0] += 1
        return -a @ u

    pattern = find_pattern(gradient, np.ones(600))

    np.testing.assert_array_equal(pattern.met.toarray(), (a != 0) | np.eye(600, dtype=bool))
    assert count[0] < gradients


def test_a_pattern_grows_by_what_meets_elsewhere():
    def gradient(u):
        # the second and the third meet beyond 1 only
        shared = max(0.0, u[1] + u[2] - 2.0)
        return -u - np.array([0.0, shared, shared])

    near = find_pattern(gradient, np.zeros(3))
    both = find_pattern(gradient, np.full(3, 2.0), known=near)

    assert near.is_diagonal
    np.testing.assert_array_equal(both.met.toarray(), [[1, 0, 0], [0, 1, 1], [0, 1, 1]])
    assert find_pattern(gradient, np.zeros(3), known=both).rows.size == both.rows.size


def test_a_full_pattern_has_every_place():
    assert full_pattern(4).rows.size == 16
