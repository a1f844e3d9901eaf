"""``missing="drop"``: rows of a table without missing values, and a note of the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.data.frames import columns_of
from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.data.row_names import Rows
    from bayeswrap.program.syntax.tree import Variable

__all__ = [
    "DROPPED",
    "MissingRule",
    "drop_missing",
]

DROPPED = "dropped for missing values"  # in every note of rows or elements that were left out
MissingRule: TypeAlias = Literal["error", "drop"]


def drop_missing(
    frame: pd.DataFrame, mapping: Mapping[str, Any], needed: Sequence[Variable], rows: Rows
) -> tuple[pd.DataFrame, dict[str, Any], Rows, list[str]]:
    """Return the rows without missing values in the columns that are used.

    Values that were passed next to the table, one for each row, lose the same rows; a number of
    rows that was passed is read off the table again.

    Parameters
    ----------
    frame : DataFrame
        The table.
    mapping : mapping
        Columns or values by data variable.
    needed : sequence of Variable
        The variables of the data block.
    rows : Rows
        The names of the table's rows.

    Returns
    -------
    tuple
        Table, mapping, names of its rows, and a note if rows were dropped.

    Raises
    ------
    DataError
        Every row has a missing value.
    """
    used = {c for names in columns_of(frame, mapping, needed).values() for c in names}
    holes = frame[[c for c in frame.columns if c in used]].isna()
    bad = np.flatnonzero(holes.any(axis=1).to_numpy())
    if not bad.size:
        return frame, dict(mapping), rows, []
    counts = ", ".join(f"{name!r}: {n}" for name, n in holes.sum().items() if n)
    if len(bad) == len(frame):
        raise DataError(
            "every row has a missing value",
            got=f"missing values by column: {counts}",
            do="leave a column out, or impute its values",
        )
    good = np.setdiff1d(np.arange(len(frame)), bad)
    sizes = {d.name for v in needed for d in v.declaration.dims if d.head == "Variable"}
    kept = {
        name: value[good] if _is_long(value, len(frame)) else value
        for name, value in ((n, _array(v)) for n, v in mapping.items())
        if not (name in sizes and np.ndim(value) == 0 and value == len(frame))
    }
    note = f"{len(bad)} of {len(frame)} rows {DROPPED} ({counts}): {rows.names(bad)}"
    return frame.iloc[good], kept, rows.keep(good), [note]


def _array(value: Any) -> Any:  # noqa: ANN401 - see mapping
    """Return values as an array, so that rows can be taken; names stay as they are."""
    is_values = isinstance(value, (list, tuple)) and not any(isinstance(v, str) for v in value)
    return np.asarray(value) if is_values or isinstance(value, pd.Series) else value


def _is_long(value: object, rows: int) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and len(value) == rows
