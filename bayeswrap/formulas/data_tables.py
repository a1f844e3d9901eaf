"""Whatever the user calls a data frame as a frame of pandas, with names of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.arguments import one_of
from bayeswrap.data.foreign_frames import as_pandas
from bayeswrap.data.missing_rows import DROPPED
from bayeswrap.data.readers import read_file
from bayeswrap.data.row_names import Rows
from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "as_table",
    "complete_rows",
]


def as_table(data: Any) -> tuple[pd.DataFrame, Rows, list[str]]:  # noqa: ANN401 - whatever the user gave
    """Return a frame, the names of its rows, and notes about the file.

    Parameters
    ----------
    data : DataFrame, mapping of columns, path
        A frame of pandas, polars or Arrow; columns of one length, or one value each; or the path
        of a file.

    Raises
    ------
    DataError
        It is no table.

    Examples
    --------
    >>> as_table({"x": [1, 2]})[0].shape
    (2, 1)
    """
    notes: list[str] = []
    rows: Rows | None = None
    if isinstance(data, (str, Path)):
        content = read_file(data)
        rows, notes = content.rows, list(content.notes)
        data = content.values  # noqa: PD011 - a field
    table = as_pandas(data)
    if isinstance(table, Mapping):
        table = _of_columns(table)
    if not isinstance(table, pd.DataFrame):
        raise DataError(
            "the data are no table",
            got=type(data).__name__,
            expected="a data frame, a dict of columns, or the path of a file",
            do="pass one of these",
        )
    if isinstance(table.columns, pd.MultiIndex):
        raise DataError(
            "the names of columns have several levels",
            got=str(table.columns[0]),
            do='join them: frame.columns = ["_".join(map(str, c)) for c in frame.columns]',
        )
    names = [str(name) for name in table.columns]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise DataError(
            f"two columns have the name {twice[0]!r}", where="data frame", do="rename one of them"
        )
    if not len(table):
        raise DataError("the data frame has no rows", do="check how it was read or filtered")
    return table.set_axis(names, axis=1), rows or Rows.of_frame(table), notes


def _of_columns(columns: Mapping[Any, Any]) -> pd.DataFrame:
    lengths = {str(k): np.shape(v)[0] for k, v in columns.items() if np.ndim(v) > 0}
    if len(set(lengths.values())) > 1:
        counts = ", ".join(f"{name}: {n}" for name, n in lengths.items())
        raise DataError(
            "the columns have different lengths", got=counts, do="give one value for each row"
        )
    if columns and not lengths:  # one row
        columns = {name: [value] for name, value in columns.items()}
    try:
        return pd.DataFrame(dict(columns))
    except ValueError as error:
        raise DataError(
            "the columns make no table", got=str(error), do="give one value for each row"
        ) from error


def complete_rows(
    table: pd.DataFrame, columns: Sequence[str], rows: Rows, missing: str
) -> tuple[np.ndarray, list[str]]:
    """Return the positions of rows without missing values, and a note if some are dropped.

    Parameters
    ----------
    table : DataFrame
        The table.
    columns : sequence of str
        The columns that are used.
    rows : Rows
        The names of its rows.
    missing : {"error", "drop"}
        What to do with rows that have a missing value.

    Raises
    ------
    DataError
        There are missing values, and `missing` is ``"error"``; or no row is complete.
    """
    one_of(missing, ("error", "drop"), "missing")
    holes = table[list(columns)].isna()
    bad = np.flatnonzero(holes.to_numpy().any(axis=1)) if len(columns) else np.array([], dtype=int)
    if not bad.size:
        return np.arange(len(table)), []
    counts = ", ".join(f"{name!r}: {n}" for name, n in holes.sum().items() if n)
    if len(bad) == len(table):
        raise DataError(
            "every row has a missing value",
            got=f"missing values by column: {counts}",
            do="leave a column out, or impute its values",
        )
    if missing == "error":
        raise DataError(
            f"{len(bad)} of {len(table)} rows have missing values",
            where=rows.names(bad),
            got=f"missing values by column: {counts}",
            do='missing="drop" leaves these rows out; or impute the values',
        )
    note = f"{len(bad)} of {len(table)} rows {DROPPED} ({counts}): "
    return np.setdiff1d(np.arange(len(table)), bad), [note + rows.names(bad)]
