"""Any table as a frame with names of rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from bayeswrap.data.row_names import Rows
from bayeswrap.errors import DataError, UsageError
from bayeswrap.formulas.data_tables import as_table, complete_rows

if TYPE_CHECKING:
    from pathlib import Path


def test_all_kinds_of_tables_hold_the_same(tmp_path: Path) -> None:
    columns = {"x": [1.5, 2.5], "f": ["a", "b"]}
    path = tmp_path / "my.csv"
    path.write_text("x;f\n1,5;a\n2,5;b\n")
    tables = [columns, pd.DataFrame(columns), pl.DataFrame(columns), pa.table(columns), path]
    for data in [*tables, str(path)]:
        table, _, _ = as_table(data)
        assert table["x"].tolist() == [1.5, 2.5]
        assert table["f"].tolist() == ["a", "b"]


@pytest.mark.parametrize(
    "data",
    [
        3,
        None,
        [1, 2],
        {"x": [1], "y": [1, 2]},
        pd.DataFrame({"x": []}),
        pd.DataFrame([[1, 2]], columns=["a", "a"]),
    ],
)
def test_other_things_are_refused(data: object) -> None:
    with pytest.raises(DataError):
        as_table(data)


def test_rows_with_missing_values_are_named_or_dropped(tmp_path: Path) -> None:
    path = tmp_path / "my.csv"
    path.write_text("x,z\n1,1\n,2\n3,\n4,4\n")
    table, rows, _ = as_table(path)
    with pytest.raises(DataError, match="line 3 of my"):
        complete_rows(table, ["x"], rows, "error")
    kept, notes = complete_rows(table, ["x", "z"], rows, "drop")
    assert kept.tolist() == [0, 3]
    assert "2 of 4 rows dropped" in notes[0]
    assert "lines 3, 4 of my.csv" in notes[0]


def test_rows_are_complete_or_the_argument_is_wrong() -> None:
    table = pd.DataFrame({"x": [np.nan, np.nan]})
    with pytest.raises(DataError, match="every row"):
        complete_rows(table, ["x"], Rows(), "drop")
    with pytest.raises(UsageError, match="missing"):
        complete_rows(table, ["x"], Rows(), "impute")
