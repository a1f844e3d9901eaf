"""Columns that are combinations of those before them."""

from __future__ import annotations

import numpy as np

from bayeswrap.formulas.aliasing import aliased_columns, constant_columns

RNG = np.random.default_rng(3)
A, B, C = RNG.normal(size=(3, 40))


def test_a_combination_names_its_parts() -> None:
    matrix = np.column_stack([A, B, C, A - 3 * C])
    assert aliased_columns(matrix, intercept=True) == {3: (0, 2)}


def test_a_constant_is_aliased_beside_an_intercept_alone() -> None:
    matrix = np.column_stack([A, np.full(40, 3.0)])
    assert aliased_columns(matrix, intercept=True) == {1: ()}
    assert aliased_columns(matrix, intercept=False) == {}


def test_columns_far_from_zero_and_of_unlike_scales_are_independent() -> None:
    year = 2e9 + np.arange(40.0)
    assert aliased_columns(np.column_stack([year, 1e-12 * A, 1e12 * B]), intercept=True) == {}


def test_nearly_collinear_columns_stay() -> None:
    assert aliased_columns(np.column_stack([A, A + 1e-6 * B]), intercept=True) == {}
    assert aliased_columns(np.column_stack([A, A + 1e-9 * B]), intercept=True) == {1: (0,)}


def test_a_column_of_zeros_is_made_of_none() -> None:
    assert aliased_columns(np.column_stack([A, 0 * A]), intercept=False) == {1: ()}


def test_no_columns_are_no_aliases() -> None:
    assert aliased_columns(np.zeros((4, 0)), intercept=True) == {}
    assert constant_columns(np.array([[1e9, 1.0], [1e9, 2.0]])).tolist() == [True, False]
