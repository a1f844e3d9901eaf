"""Which columns of a design are products of others."""

from __future__ import annotations

import numpy as np
import pytest

from bayeswrap.diagnosis.identifiability.weak_identification import tied_columns

RNG = np.random.default_rng(1)
A, B, C = RNG.normal(size=(3, 30))
DAYS = np.tile([0.0, 1.0], 15)


@pytest.mark.parametrize(
    ("columns", "tied"),
    [
        ([A, B, C], []),
        ([A, A**2, B], [[0, 1]]),
        ([A, C, A**2, A**3, A**4], [[0, 2, 3, 4]]),
        ([A, B, C, A * B], [[0, 1, 3]]),
        ([A, B, (A - 7) * (3 * B + 2) + A], [[0, 1, 2]]),
        ([A, B, A**2, C, B * C], [[0, 2], [1, 3, 4]]),
        ([DAYS, A, DAYS * A, B], [[0, 1, 2]]),
        # near multiples are none, however near
        ([A, 2 * A + 1e-7 * B], []),
        ([A, np.exp(A)], []),
    ],
)
def test_products(columns, tied):
    design = np.column_stack([np.ones(30), *columns])

    assert tied_columns(design) == [[i + 1 for i in members] for members in tied]


def test_few_rows_tell_of_no_product():
    assert tied_columns(np.column_stack([A, B, C])[:5]) == []
