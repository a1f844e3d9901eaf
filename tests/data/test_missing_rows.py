"""Rows with missing values are left out when that is asked for, and named."""

# ruff: noqa: PD011 - `ModelData.values` is a mapping, nothing of pandas
from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.model_data import ModelData
from bayeswrap.errors import BayeswrapWarning, DataError
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from pathlib import Path


@functools.cache
def program() -> Program:
    return Program.from_string("data { int N; vector[N] x; vector<lower=0>[N] y; } model {}")


def test_rows_are_dropped_with_their_lines(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y,z\n1,1,\n2,NA,1\n,3,1\n4,4,1\n")
    with pytest.warns(BayeswrapWarning, match=r"2 of 4 rows .*'x': 1, 'y': 1.*lines 3, 4 of a.csv"):
        data = ModelData.build(program(), tmp_path / "a.csv", missing="drop")
    assert data.values["x"].tolist() == [1, 4]
    assert (int(data.values["N"]), data.rows, data.notes[1:]) == (2, 2, ("not used: 'z'",))


def test_values_next_to_the_table_lose_the_same_rows() -> None:
    frame = pd.DataFrame({"x": [1, np.nan, 3]})
    with pytest.warns(BayeswrapWarning, match="1 of 3 rows"):
        data = ModelData.build(program(), frame, missing="drop", y=[5, 6, 7], N=3)
    assert data.values["y"].tolist() == [5, 7]


def test_rows_keep_their_names_after_others_were_dropped() -> None:
    frame = pd.DataFrame({"x": [np.nan, 1, 2], "y": [1.0, 1, -1]})
    with pytest.raises(DataError, match=r"column 'y', row 3"):
        ModelData.build(program(), frame, missing="drop")


def test_a_whole_table_is_taken_without_a_warning() -> None:
    frame = pd.DataFrame({"x": [1.0, 2], "y": [1.0, 2], "unused": [np.nan, 1]})
    assert ModelData.build(program(), frame, missing="drop").notes == ("not used: 'unused'",)


def test_nothing_left_is_refused() -> None:
    with pytest.raises(DataError, match="every row"):
        ModelData.build(program(), pd.DataFrame({"x": [np.nan], "y": [1]}), missing="drop")
