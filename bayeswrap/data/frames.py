"""From a data frame to the variables of a data block: which columns, in which order, as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.arguments import did_you_mean
from bayeswrap.data.cells import column_numbers
from bayeswrap.data.factors import has_levels, is_index
from bayeswrap.data.row_names import Rows
from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program.syntax.tree import Variable

__all__ = [
    "Gathered",
    "columns_of",
    "from_frame",
    "is_column_list",
]


Gathered: TypeAlias = "tuple[dict[str, Any], dict[str, tuple[str, ...]], int]"


def from_frame(
    frame: pd.DataFrame,
    mapping: Mapping[str, object],
    needed: Sequence[Variable],
    rows: Rows | None = None,
) -> Gathered:
    """Return the values of the variables that a frame holds, their column labels, and its rows.

    Raises
    ------
    DataError
        The frame is empty, lacks a column, or a column holds no numbers or missing values.
    """
    _check_frame(frame)
    used = frozenset(c for part in columns_of(frame, mapping, needed).values() for c in part)
    table = _Table(frame, Rows.of_frame(frame) if rows is None else rows, used)
    raw: dict[str, Any] = {}
    labels: dict[str, tuple[str, ...]] = {}
    for variable in needed:
        name = variable.name
        value = mapping.get(name, name if name in frame.columns else None)
        if isinstance(value, str):
            raw[name] = table.column(value, name, keep_levels=is_index(variable.declaration))
        elif is_column_list(value):
            names = [str(c) for c in value]  # type: ignore[attr-defined]  # a list
            raw[name] = np.stack([table.column(column, name) for column in names], axis=1)
            labels[name] = tuple("(Intercept)" if n == "1" else n for n in names)
        elif name in mapping:
            raw[name] = value
    return raw, labels, len(frame)


def columns_of(
    frame: pd.DataFrame, mapping: Mapping[str, object], needed: Sequence[Variable]
) -> dict[str, tuple[str, ...]]:
    """Return which columns each data variable is made of."""
    columns: dict[str, tuple[str, ...]] = {}
    for variable in needed:
        name = variable.name
        value = mapping.get(name, name if name in frame.columns else None)
        if isinstance(value, str):
            columns[name] = (value,)
        elif is_column_list(value):
            columns[name] = tuple(str(c) for c in value)  # type: ignore[attr-defined]  # a list
    return columns


def is_column_list(value: object) -> bool:
    """Return whether a value is a list of names of columns."""
    return (
        isinstance(value, (list, tuple))
        and bool(value)
        and all(isinstance(part, str) for part in value)
    )


def _check_frame(frame: pd.DataFrame) -> None:
    if frame.empty:
        raise DataError(
            "the data frame is empty",
            got=f"{len(frame)} rows, {len(frame.columns)} columns",
            do="check how it was read or filtered",
        )
    if isinstance(frame.columns, pd.MultiIndex):
        raise DataError(
            f"the columns of the data frame have {frame.columns.nlevels} levels of names",
            got=", ".join(map(str, list(frame.columns)[:4])),
            expected="one name for each column",
            do='join them: frame.columns = ["_".join(map(str, c)) for c in frame.columns]',
        )


@dataclass(frozen=True, slots=True)
class _Table:
    """A frame with the names of its rows."""

    frame: pd.DataFrame
    rows: Rows
    used: frozenset[str]

    def column(self, column: str, variable: str, *, keep_levels: bool = False) -> Any:  # noqa: ANN401 - a Series or an array
        """Return a column as numbers; as it is where its levels are to be coded."""
        if column == "1":
            return np.ones(len(self.frame))
        series = self._series(column, variable)
        missing = np.flatnonzero(series.isna().to_numpy())
        if missing.size:
            raise DataError(
                f"column {column!r} has {missing.size} missing value{'s' * (missing.size > 1)}",
                where=f"in {self.rows.names(missing)}, for data variable {variable!r}",
                got=self._other_holes(column),
                expected="a number in every row; Stan has no missing values",
                do='pass missing="drop" to leave these rows out, impute them, or model them as '
                "parameters",
            )
        if keep_levels and has_levels(series):
            return series
        return column_numbers(series, column, variable, self.rows)

    def _other_holes(self, column: str) -> str | None:
        """Say how many values are missing in all columns that are used, where it is not one."""
        counts = self.frame[[c for c in self.frame.columns if c in self.used]].isna().sum()
        holes = {name: int(n) for name, n in counts.items() if n}
        listed = ", ".join(f"{name!r}: {n}" for name, n in holes.items())
        return f"missing values by column: {listed}" if set(holes) - {column} else None

    def _series(self, column: str, variable: str) -> pd.Series:
        names = [str(c) for c in self.frame.columns]
        if column not in self.frame.columns:
            raise DataError(
                f"the data frame has no column {column!r}{did_you_mean(column, names)}",
                where=f"data variable {variable!r}",
                expected="one of " + ", ".join(names),
                do=f"pass {variable}= the right column name",
            )
        series = self.frame[column]
        if isinstance(series, pd.DataFrame):
            raise DataError(
                f"the data frame has {len(series.columns)} columns named {column!r}",
                where=f"data variable {variable!r}",
                do="rename them, so that one name is one column",
            )
        return series
