"""Columns as numbers or levels."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.row_names import Rows
from bayeswrap.errors import DataError
from bayeswrap.formulas.columns import ColumnCode, code_of, level_names, numbers_of, ordered_levels


def code(values: object, *, as_levels: bool = False) -> tuple[ColumnCode, list[str]]:
    return code_of(pd.Series(values), "x", Rows(), as_levels=as_levels)


def test_text_is_levels_and_numbers_are_numbers() -> None:
    assert code(["b", "a", "b"])[0].levels == ("a", "b")
    assert code([2.5, 1])[0].levels is None
    assert code([True, False])[0].levels is None
    assert code([2.0, 1.0], as_levels=True)[0].levels == (1, 2)


def test_a_categorical_keeps_its_order_and_loses_empty_levels_with_a_note() -> None:
    column = pd.Categorical(["low", "high"], categories=["low", "mid", "high"])
    made, notes = code(column)
    assert made.levels == ("low", "high")
    assert notes == ["column 'x' has no rows of mid: left out"]


def test_text_of_numbers_is_levels_in_their_order_with_a_note() -> None:
    made, notes = code(["10", "9", "10"])
    assert made.levels == ("9", "10")
    assert "to_numeric" in notes[0]


def test_a_text_cell_among_numbers_is_named() -> None:
    with pytest.raises(DataError, match="'n/a'"):
        code(["1", "2", "n/a", "4"])


def test_one_level_explains_nothing() -> None:
    assert "one level" in code(["a", "a"])[1][0]


def test_levels_of_new_data_are_those_of_the_fit() -> None:
    made = ColumnCode(column="x", levels=("a", "b"))
    again = made.apply(pd.Series(["b", "b"]), Rows())
    assert isinstance(again, pd.Categorical)
    assert again.codes.tolist() == [1, 1]
    with pytest.raises(DataError, match="level 'c'") as error:
        made.apply(pd.Series(["a", "c"]), Rows())
    assert "row 2" in str(error.value)


def test_whole_floats_are_the_levels_of_integers() -> None:
    made = ColumnCode(column="x", levels=(1, 2))
    again = made.apply(pd.Series([2.0, 1.0]), Rows())
    assert isinstance(again, pd.Categorical)
    assert again.codes.tolist() == [1, 0]


def test_levels_of_several_types_have_an_order() -> None:
    assert ordered_levels(pd.Series([1, "a", 2], dtype=object), "x")[0] == (1, 2, "a")
    codes, names = level_names(pd.Series([30, 4, 30]))
    assert (codes.tolist(), names) == ([1, 0, 1], ["4", "30"])


def test_infinite_numbers_are_named() -> None:
    with pytest.raises(DataError, match="row 2"):
        numbers_of(pd.Series([1.0, np.inf]), "x", Rows())
