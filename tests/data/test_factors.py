"""Indices are coded from 1 where the declaration is that of an index."""

# ruff: noqa: PD011 - `ModelData.values` is a mapping, nothing of pandas
from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.factors import is_index
from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import BayeswrapWarning
from bayeswrap.estimates.problem.labels import parameter_labels
from bayeswrap.program.program import Program

CODE = """data {
  int N; int J;
  array[N] int<lower=1, upper=J> home; array[N] int<lower=1, upper=J> away;
  array[N] int<lower=0, upper=1> won;
}
parameters { vector[J] s; }
model { s ~ std_normal(); won ~ bernoulli_logit(s[home] - s[away]); }
"""
ONE = CODE.replace("array[N] int<lower=1, upper=J> away;", "").replace("- s[away]", "")


@functools.cache
def program(code: str = ONE) -> Program:
    return Program.from_string(code, name="teams")


def build(home: Any, **named: Any) -> ModelData:
    return ModelData.build(program(), {"home": home, "won": [0, 1, 1], **named})


@pytest.mark.parametrize("values", [[1, 3, 2], np.array([1.0, 3.0, 2.0]), (1, 3, 2)])
def test_ordinary_codes_stay_as_they_are(values: Any) -> None:
    data = build(values)
    assert data.values["home"].tolist() == [1, 3, 2]
    assert (int(data.values["J"]), dict(data.levels), data.notes) == (3, {}, ())


@pytest.mark.parametrize(
    ("values", "codes", "levels"),
    [
        (["b", "a", "b"], [2, 1, 2], ("a", "b")),
        ([0, 1, 2], [1, 2, 3], ("0", "1", "2")),
        ([101, 7, 101], [2, 1, 2], ("7", "101")),
        (["10", "9", "10"], [2, 1, 2], ("9", "10")),
        ([True, False, True], [2, 1, 2], ("False", "True")),
        (pd.Categorical(list("cac"), categories=list("cba")), [1, 2, 1], ("c", "a")),
    ],
)
def test_other_codes_are_recoded_with_a_warning(
    values: Any, codes: list[int], levels: tuple[str, ...]
) -> None:
    with pytest.warns(BayeswrapWarning, match=f"coded as 1 = {levels[0]}"):
        data = build(values)
    assert data.values["home"].tolist() == codes
    assert data.levels == {"home": levels}
    assert int(data.values["J"]) == len(levels)


def test_zero_based_codes_with_all_levels_fit_a_given_bound() -> None:
    with pytest.warns(BayeswrapWarning, match="1 = 0, 2 = 1, 3 = 2"):
        assert build([2, 0, 1], J=3).values["home"].tolist() == [3, 1, 2]


@pytest.mark.parametrize("bound", [4, np.array(4), np.int64(4), 4.0, pd.Series([4]).iloc[0]])
def test_numbers_within_a_given_bound_are_never_recoded(bound: Any) -> None:
    data = build([4, 1, 1], J=bound)
    assert data.values["home"].tolist() == [4, 1, 1]
    assert dict(data.levels) == {}


@pytest.mark.parametrize("bound", ["n[2]", "max(n)", "n[1] + 3", "to_int(floor(r))"])
def test_numbers_below_a_computed_bound_are_never_recoded(bound: str) -> None:
    code = f"data {{ real r; array[2] int n; array[3] int<lower=1, upper={bound}> g; }} model {{}}"
    data = {"n": [2, 5], "r": 5.5, "g": [5, 1, 1]}
    built = ModelData.build(Program.from_string(code, name="bounds"), data)
    assert built.values["g"].tolist() == [5, 1, 1]
    assert (dict(built.levels), int(built.values["n"][1])) == ({}, 5)


def test_levels_without_rows_count_where_there_is_room() -> None:
    factor = pd.Categorical(list("aac"), categories=list("abc"), ordered=True)
    with pytest.warns(BayeswrapWarning, match="2 = b, 3 = c"):
        data = build(factor, J=3)
    assert data.values["home"].tolist() == [1, 1, 3]
    assert "'home' has no rows of b" in data.notes


def test_numbers_without_rows_are_noted() -> None:
    assert build([1, 1, 3], J=4).notes == ("'home' has no rows of 2, 4",)


def test_indices_of_one_bound_share_their_levels_and_label_the_parameters() -> None:
    frame = pd.DataFrame({"home": list("AB"), "away": list("BC"), "won": [1, 0]})
    with pytest.warns(BayeswrapWarning, match="'home', 'away' were coded as 1 = A"):
        data = ModelData.build(program(CODE), frame)
    assert data.values["away"].tolist() == [2, 3]
    assert parameter_labels(program(CODE), data) == {"s[1]": "s[A]", "s[2]": "s[B]", "s[3]": "s[C]"}


def test_only_a_lower_bound_of_one_makes_an_index() -> None:
    kinds = {v.name: is_index(v.declaration) for v in program(CODE).variables_in("data")}
    assert kinds == {"N": False, "J": False, "home": True, "away": True, "won": False}


def test_factors_with_the_same_number_of_levels_are_coded_alone() -> None:
    code = "data { array[2] int<lower=1, upper=2> a; array[2] int<lower=1, upper=2> b; } model {}"
    with pytest.warns(BayeswrapWarning, match="'[ab]' was coded"):
        data = ModelData.build(
            Program.from_string(code, name="pair"), {"a": ["m", "f"], "b": ["no", "yes"]}
        )
    assert (data.values["a"].tolist(), data.values["b"].tolist()) == ([2, 1], [1, 2])


def test_a_bound_of_any_size_costs_nothing() -> None:
    code = "data { array[2] int<lower=1, upper=2000000000> g; } model {}"
    data = ModelData.build(Program.from_string(code, name="large"), {"g": [7, 2_000_000_000]})
    assert (data.values["g"].tolist(), data.notes) == ([7, 2_000_000_000], ())
