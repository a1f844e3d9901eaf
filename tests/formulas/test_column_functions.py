# ruff: noqa: PD011 - `values` are fields, nothing of pandas
"""Functions of columns, and checks of the arguments of C()."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bayeswrap.errors import FormulaError
from bayeswrap.formulas.column_functions import (
    checked_contrasts,
    checked_levels,
    column_functions,
)
from bayeswrap.formulas.design_builder import design_of

FRAME = pd.DataFrame(
    {"y": [1.0, 2, 4, 3], "x": [1.0, 10, 100, 1000], "z": [1.0, 2, 3, 4], "f": list("abca")}
)


def test_a_logarithm_may_have_a_base() -> None:
    population = design_of("y ~ log(x, 10)", FRAME, "real").predictors["mu"].population
    assert population.values[:, 0] == pytest.approx([0, 1, 2, 3])


def test_no_function_writes_into_a_column() -> None:
    with pytest.raises(FormulaError, match="base of log"):
        design_of("y ~ log(x, z) + z", FRAME, "real")
    with pytest.raises(FormulaError, match="sqrt\\(x, z\\) cannot be computed"):
        design_of("y ~ sqrt(x, z) + z", FRAME, "real")
    assert FRAME["z"].tolist() == [1, 2, 3, 4]


def test_functions_have_their_values() -> None:
    functions = column_functions()
    half = np.array([0.5])
    assert functions["inv_logit"](functions["logit"](half)) == pytest.approx(half)
    assert functions["pmax"](half, 0.7) == pytest.approx([0.7])
    assert functions["round"](np.array([1.26]), 1) == pytest.approx([1.3])


def test_levels_are_all_listed() -> None:
    assert checked_levels(["c", "b", "a"], FRAME["f"]) == ["c", "b", "a"]
    assert checked_levels(None, FRAME["f"]) is None
    with pytest.raises(FormulaError, match="lacks the level 'b'"):
        checked_levels(["a", "c"], FRAME["f"])
    with pytest.raises(FormulaError, match="lacks the level"):
        design_of("y ~ C(f, levels=['a'])", FRAME, "real")


def test_contrasts_are_no_column() -> None:
    with pytest.raises(FormulaError, match="how levels are compared"):
        checked_contrasts(FRAME["x"])
    with pytest.raises(FormulaError, match="how levels are compared"):
        design_of("y ~ C(f, x)", FRAME, "real")
