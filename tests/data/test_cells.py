"""A column becomes numbers, whatever type holds them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.cells import column_numbers, is_text_number, levels_or_numbers
from bayeswrap.data.row_names import Rows


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (pd.Series([1, 2]), np.int64),
        (pd.Series([1.0, 2.0]), np.float64),
        (pd.Series([1.0, 2.0], dtype="float32"), np.float64),
        (pd.Series([1, 2], dtype="Int64"), np.int64),
        (pd.Series([1, 2], dtype="category"), np.int64),
        (pd.Series([1, 2], dtype=object), np.float64),
        (pd.Series([Decimal(1), Fraction(2)]), np.float64),
        (pd.Series(pd.arrays.SparseArray([1.0, 2.0])), np.float64),
    ],
)
def test_every_type_of_number_is_read(values: pd.Series, kind: Any) -> None:
    array = column_numbers(values, "x", "x", Rows())
    assert array.dtype == kind
    np.testing.assert_array_equal(array, [1, 2])


def test_text_that_reads_as_a_number() -> None:
    assert [is_text_number(c) for c in ("1", "-2.5e3", "x", "1_0", "nan", 1)] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_mostly_numbers_are_a_column_of_numbers() -> None:
    assert levels_or_numbers(["1", "2", "x"]) == "numbers"
    assert levels_or_numbers(["1,200", "2", "x"]) == "numbers"
    assert levels_or_numbers(["1", "a", "x"]) == "levels"
