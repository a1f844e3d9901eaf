# ruff: noqa: PD011 - `values` is a mapping, nothing of pandas
"""Elements of arrays with missing values are dropped by the sizes that they share."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.missing_elements import drop_missing_elements
from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import BayeswrapWarning, DataError, UsageError
from bayeswrap.program.program import Program

CODE = """data {
  int N; int K; int J; int M;
  vector[N] y; matrix[N, K] X; matrix[K, N] Z; array[N] int<lower=1, upper=J> g;
  vector[M] other;
}
parameters { vector[J] u; }
model { y ~ normal(u[g], 1); }
"""


@functools.cache
def program(code: str = CODE) -> Program:
    return Program.from_string(code, name="rows")


def values(**changes: Any) -> dict[str, Any]:
    usual = {
        "y": [1.0, None, 3.0, 4.0],
        "X": np.arange(8.0).reshape(4, 2),
        "Z": np.arange(8.0).reshape(2, 4),
        "g": ["a", "b", None, "c"],
        "other": [1.0, 2.0],
    }
    return {**usual, **changes}


def test_arrays_of_one_size_lose_the_same_elements() -> None:
    with pytest.warns(BayeswrapWarning) as told:
        data = ModelData.build(program(), values(N=4), missing="drop")

    assert int(data.values["N"]) == 2
    assert data.values["y"].tolist() == [1.0, 4.0]
    assert data.values["X"].tolist() == [[0, 1], [6, 7]]
    assert data.values["Z"].tolist() == [[0, 3], [4, 7]]
    assert data.levels["g"] == ("a", "c")
    assert data.values["other"].tolist() == [1.0, 2.0]
    assert str(told[0].message) == (
        "2 of 4 elements of N dropped for missing values ('y': 1, 'g': 1): 2, 3"
    )


@pytest.mark.parametrize(
    "y",
    [
        np.array([1.0, np.nan, 3.0, 4.0]),
        pd.Series([1.0, None, 3.0, 4.0], index=[5, 6, 7, 8]),
        np.ma.masked_array([1.0, 2.0, 3.0, 4.0], [0, 1, 0, 0]),
        pd.array([1, None, 3, 4], "Int64"),
        (1.0, float("nan"), 3.0, 4.0),
    ],
    ids=["array", "series", "masked", "nullable", "tuple"],
)
def test_missing_values_of_every_container(y: Any) -> None:
    kept, notes = drop_missing_elements(values(y=y, g=[1, 2, 3, 1]), program().variables_in("data"))

    assert list(np.asarray(kept["y"], dtype=float)) == [1, 3, 4]
    assert list(kept["g"]) == [1, 3, 1]
    assert len(notes) == 1


def test_frames_and_categories_keep_their_kind() -> None:
    frame = pd.DataFrame({"a": [1.0, np.nan, 3, 4], "b": [0.0, 1, 0, 1]})
    given = values(y=[1.0, 2, 3, 4], X=frame, g=pd.Categorical(["a", "b", "a", "b"]))
    kept, _ = drop_missing_elements(given, program().variables_in("data"))

    assert list(kept["X"].columns) == ["a", "b"]
    assert list(kept["g"]) == ["a", "a", "b"]
    assert kept["y"] == [1.0, 3, 4]


def test_sizes_are_dropped_one_by_one() -> None:
    given = values(other=[np.nan, 2.0], M=2)
    kept, notes = drop_missing_elements(given, program().variables_in("data"))

    assert (kept["other"], "M" in kept, len(notes)) == ([2.0], False, 2)


def test_whole_arrays_stay_as_they_are() -> None:
    given = values(y=[1.0, 2, 3, 4], g=[1, 2, 1, 2])

    assert drop_missing_elements(given, program().variables_in("data")) == (given, [])


def test_nothing_left_is_refused() -> None:
    with pytest.raises(DataError, match="every element of N has a missing value"):
        ModelData.build(program(), values(y=[None] * 4), missing="drop")


def test_another_size_by_an_expression_is_refused() -> None:
    code = CODE.replace("vector[M] other", "vector[N - 1] other")
    with pytest.raises(UsageError, match="which elements of 'other' go with those of N") as told:
        ModelData.build(program(code), values(), missing="drop")
    assert told.value.got == "the size N - 1"


def test_lengths_that_disagree_keep_their_own_message() -> None:
    with pytest.raises(DataError, match="wrong shape"):
        ModelData.build(program(), values(y=[1.0, np.nan, 3], g=[1, 2, 1, 2]), missing="drop")
