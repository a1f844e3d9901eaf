"""Columns of a data frame become variables of a data block."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from bayeswrap.data.frames import from_frame
from bayeswrap.errors import DataError
from bayeswrap.program.program import Program

if TYPE_CHECKING:
    from bayeswrap.program.syntax.tree import Variable

CODE = """data { int N; int K; vector[N] y; matrix[N, K] X; real c; }
parameters { real a; } model { y ~ normal(a, c); }"""


@pytest.fixture(scope="module")
def needed() -> list[Variable]:
    return list(Program.from_string(CODE, name="frame").variables_in("data"))


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {"y": [1.5, 2.5], "age": [30, 40], "smokes": [True, False], "t": ["a", "b"]}
    )


def test_a_name_is_a_column_and_a_list_is_a_matrix(
    frame: pd.DataFrame, needed: list[Variable]
) -> None:
    values, labels, rows = from_frame(frame, {"y": "age", "X": ["1", "smokes"]}, needed)
    np.testing.assert_array_equal(values["y"], [30, 40])
    np.testing.assert_array_equal(values["X"], [[1, 1], [1, 0]])
    assert labels == {"X": ("(Intercept)", "smokes")}
    assert rows == 2


def test_a_column_of_the_variables_name_needs_no_mapping(
    frame: pd.DataFrame, needed: list[Variable]
) -> None:
    values, _, _ = from_frame(frame, {}, needed)
    np.testing.assert_array_equal(values["y"], [1.5, 2.5])
    assert "X" not in values


def test_whole_columns_stay_whole(frame: pd.DataFrame, needed: list[Variable]) -> None:
    values, _, _ = from_frame(frame, {"y": "smokes"}, needed)
    assert values["y"].dtype == np.int64


def test_any_other_value_is_data_itself(frame: pd.DataFrame, needed: list[Variable]) -> None:
    values, _, _ = from_frame(frame, {"c": 2.0}, needed)
    assert values["c"] == 2.0


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"y": "agee"}, "no column 'agee'"),
        ({"y": "t"}, "column 't' holds no numbers"),
        ({"X": ["age", "t"]}, "column 't' holds no numbers"),
    ],
)
def test_columns_that_do_not_serve_are_named(
    frame: pd.DataFrame, needed: list[Variable], mapping: dict[str, object], message: str
) -> None:
    with pytest.raises(DataError, match=message):
        from_frame(frame, mapping, needed)


def test_a_missing_value_is_named_by_its_row(frame: pd.DataFrame, needed: list[Variable]) -> None:
    frame.index = pd.Index([10, 11])
    frame.loc[11, "y"] = np.nan
    with pytest.raises(DataError, match="1 missing value") as caught:
        from_frame(frame, {}, needed)
    assert "row 2 (index 11)" in str(caught.value)
