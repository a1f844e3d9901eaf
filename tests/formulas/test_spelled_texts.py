"""The columns that a formula uses, and what a dot stands for."""

from __future__ import annotations

import pandas as pd
import pytest

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.formula import Formula
from bayeswrap.formulas.spelled_texts import bare_column, spelled_texts, used_columns

TABLE = pd.DataFrame([[1.0] * 6], columns=["y", "x", "z", "g", "w", "u"])


def test_a_dot_leaves_out_what_stands_elsewhere() -> None:
    formula = Formula.parse("y | weights(w) ~ . + offset(u) + (1 | g)")
    words = spelled_texts(formula, TABLE)
    assert words["."].columns == ("x", "z")


def test_upper_ends_may_be_missing_and_others_may_not() -> None:
    formula = Formula.parse("y | cens(w, u) ~ x + (1 | g)")
    assert used_columns(formula, spelled_texts(formula, TABLE)) == ["y", "w", "x", "g"]


def test_an_unknown_grouping_factor_is_named() -> None:
    with pytest.raises(FormulaError, match="no column 'h'"):
        spelled_texts(Formula.parse("y ~ (1 | h)"), TABLE)


def test_a_bare_column_is_one_name() -> None:
    assert bare_column("y") == "y"
    assert bare_column("log(y)") == ""
