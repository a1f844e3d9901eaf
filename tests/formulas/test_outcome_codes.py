# ruff: noqa: PD011 - `values` are fields, nothing of pandas
"""Outcomes as numbers, for each kind that a family takes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.row_names import Rows
from bayeswrap.errors import DataError
from bayeswrap.formulas.outcome_codes import OUTCOME_KINDS, CodedOutcome, code_outcome
from bayeswrap.regression.families import FAMILIES


def code(values: object, kind: str) -> CodedOutcome:
    return code_outcome(pd.Series(values), "y", kind, Rows())


def test_the_kinds_are_those_of_families() -> None:
    assert {family.outcome for family in FAMILIES.values()} == set(OUTCOME_KINDS)


@pytest.mark.parametrize(
    ("values", "numbers", "levels"),
    [
        ([0, 1, 1], [0, 1, 1], ()),
        ([0.0, 1.0, 1.0], [0, 1, 1], ()),
        ([True, False, True], [1, 0, 1], ("False", "True")),
        (["yes", "no", "no"], [1, 0, 0], ("no", "yes")),
        (pd.Categorical(["lo", "hi"], categories=["lo", "hi"]), [0, 1], ("lo", "hi")),
        ([1, 1], [1, 1], ()),
    ],
)
def test_binary_outcomes(values: object, numbers: list[int], levels: tuple[str, ...]) -> None:
    coded = code(values, "binary")
    assert coded.values.tolist() == numbers
    assert coded.levels == levels


def test_text_of_two_levels_says_which_is_one() -> None:
    assert code(["yes", "no"], "binary").notes == ["outcome 'y': no = 0, yes = 1"]


def test_categories_are_coded_from_one() -> None:
    coded = code(["b", "a", "c"], "categorical")
    assert coded.values.tolist() == [2, 1, 3]
    assert coded.levels == ("a", "b", "c")
    order = pd.Categorical(["hi", "lo"], categories=["lo", "hi"], ordered=True)
    assert code(order, "ordered").values.tolist() == [2, 1]
    assert code([3, 1, 2], "ordered").notes == []
    assert code([0, 4], "ordered").notes == ["outcome 'y': 1 = 0, 2 = 4"]


@pytest.mark.parametrize(
    ("values", "kind", "message"),
    [
        ([1, 2, 1], "binary", "2 levels"),
        ([0, 1, 7], "binary", "value 7"),
        (["a", "b", "c"], "binary", "3 levels"),
        ([1.5, 2], "count", "value 1"),
        ([-1, 2], "count", "value -1"),
        ([0.5, 2], "binomial", "value 0"),
        ([0.0, 2], "positive", "value 0"),
        ([0.5, 1.0], "proportion", "value 1"),
        ([0.5, 45.0], "proportion", "value 45"),
        (["a", "b", "c"], "real", "is text"),
        (["1.5", "2", "x"], "real", "'x'"),
        ([1.5, 2.5], "categorical", "value 1"),
        (["low", "high"], "ordered", "without an order"),
        (["a", "a"], "categorical", "one category"),
        (np.array(["2024-01-01", "2024-01-02"], dtype="datetime64[s]"), "real", "no numbers"),
    ],
)
def test_other_outcomes_are_refused(values: object, kind: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as error:
        code(values, kind)
    assert error.value.do
