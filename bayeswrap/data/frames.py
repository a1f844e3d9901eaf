"""From a data frame to the variables of a data block: which columns, in which order, as numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program.syntax.tree import Variable

__all__ = [
    "Gathered",
    "from_frame",
]


Gathered: TypeAlias = "tuple[dict[str, Any], dict[str, tuple[str, ...]], int]"


def from_frame(
    frame: pd.DataFrame, mapping: Mapping[str, object], needed: Sequence[Variable]
) -> Gathered:
    """Return the values of the variables that a frame holds, their column labels, and its rows.

    Raises
    ------
    DataError
        The frame is empty, lacks a column, or a column holds no numbers or missing values.
    """
    if frame.empty:
        raise DataError(
            "the data frame is empty",
            got=f"{len(frame)} rows, {len(frame.columns)} columns",
            do="check how it was read or filtered",
        )
    raw: dict[str, Any] = {}
    labels: dict[str, tuple[str, ...]] = {}
    for variable in needed:
        name = variable.name
        value = mapping.get(name, name if name in frame.columns else None)
        if isinstance(value, str):
            raw[name] = _column(frame, value, name)
        elif _is_column_list(value):
            raw[name], labels[name] = _columns(frame, [str(c) for c in value], name)  # type: ignore[attr-defined]  # a list
        elif name in mapping:
            raw[name] = value
    return raw, labels, len(frame)


def _is_column_list(value: object) -> bool:
    return (
        isinstance(value, (list, tuple))
        and bool(value)
        and all(isinstance(part, str) for part in value)
    )


def _column(frame: pd.DataFrame, column: str, variable: str) -> np.ndarray:
    if column == "1":
        return np.ones(len(frame))
    if column not in frame.columns:
        raise DataError(
            f"the data frame has no column {column!r}",
            where=f"data variable {variable!r}",
            expected="one of " + ", ".join(map(str, frame.columns)),
            do=f"pass {variable}= the right column name",
        )
    series = frame[column]
    if isinstance(series, pd.DataFrame):
        raise DataError(
            f"the data frame has {len(series.columns)} columns named {column!r}",
            where=f"data variable {variable!r}",
            do="rename them, so that one name is one column",
        )
    missing = np.flatnonzero(series.isna().to_numpy())
    if missing.size:
        raise DataError(
            f"column {column!r} has {missing.size} missing value{'s' * (missing.size > 1)}",
            where=f"first in row {frame.index[missing[0]]}, for data variable {variable!r}",
            expected="a number in every row; Stan has no missing values",
            do="drop or impute these rows, e.g. frame.dropna(), or model them as parameters",
        )
    return _numbers(series, column, variable)


def _numbers(series: pd.Series, column: str, variable: str) -> np.ndarray:
    if isinstance(series.dtype, pd.CategoricalDtype) or not pd.api.types.is_numeric_dtype(series):
        shown = ", ".join(repr(v) for v in list(series.unique())[:4])
        raise DataError(
            f"column {column!r} holds no numbers",
            where=f"data variable {variable!r}",
            got=f"{series.dtype}: {shown}",
            expected="numbers",
            do="code the levels as 1, 2, ... (pandas.factorize(...)[0] + 1) or as 0/1 columns",
        )
    kind = series.to_numpy()
    is_whole = pd.api.types.is_integer_dtype(series) or pd.api.types.is_bool_dtype(series)
    return np.asarray(kind, dtype=np.int64 if is_whole else np.float64)


def _columns(
    frame: pd.DataFrame, names: list[str], variable: str
) -> tuple[np.ndarray, tuple[str, ...]]:
    arrays = [_column(frame, name, variable) for name in names]
    return np.stack(arrays, axis=1), tuple("(Intercept)" if n == "1" else n for n in names)
