"""Columns of a frame as numbers or levels, and the same coding for new data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.arguments import did_you_mean
from bayeswrap.data.cells import column_numbers, is_text_number, levels_or_numbers
from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from bayeswrap.data.row_names import Rows

__all__ = [
    "ColumnCode",
    "code_of",
    "level_names",
    "numbers_of",
    "ordered_levels",
]

_SHOWN = 8  # levels that a message lists


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnCode:
    """How a column enters the terms.

    Attributes
    ----------
    column : str
        Its name in the data frame.
    levels : tuple or None
        Its levels in order, as they stand in the frame; None for a column of numbers.
    """

    column: str
    levels: tuple[Any, ...] | None = None

    def apply(self, series: pd.Series, rows: Rows) -> np.ndarray | pd.Categorical:
        """Return the column as numbers, or as a categorical with these levels.

        Raises
        ------
        DataError
            A cell is no number, or a level that the data of the fit do not have.
        """
        if self.levels is None:
            return numbers_of(series, self.column, rows)
        codes = pd.Index(self.levels, dtype=object).get_indexer(_cells(series).astype(object))
        unseen = np.flatnonzero(codes < 0)
        if unseen.size:
            level = series.iloc[unseen[0]]
            known = [str(v) for v in self.levels]
            more = ", ..." if len(known) > _SHOWN else ""
            raise DataError(
                f"column {self.column!r} has a level {str(level)!r} that the data of the fit do "
                f"not have{did_you_mean(level, known)}",
                where=rows.names(unseen),
                expected=f"one of {', '.join(known[:_SHOWN])}{more}",
                do="leave these rows out; an effect of this level was not estimated",
            )
        categories = pd.Index(list(self.levels))
        return pd.Categorical.from_codes(np.asarray(codes), categories=categories)


def code_of(
    series: pd.Series, column: str, rows: Rows, *, as_levels: bool
) -> tuple[ColumnCode, list[str]]:
    """Return how a column enters the terms, and notes on its levels.

    Parameters
    ----------
    series : Series
        The column, without missing values.
    column : str
        Its name.
    rows : Rows
        The names of its rows.
    as_levels : bool
        Whether numbers are levels, too: ``factor(x)``.

    Raises
    ------
    DataError
        The column is neither numbers nor levels.
    """
    if not (as_levels or _has_levels(series)):
        numbers_of(series, column, rows)
        return ColumnCode(column=column), []
    levels, notes = ordered_levels(series, column)
    if len(levels) == 1:
        notes.append(f"column {column!r} has one level, {levels[0]}: it explains nothing")
    return ColumnCode(column=column, levels=levels), notes


def _has_levels(series: pd.Series) -> bool:
    """Return whether a column is a factor by its type: a categorical, or text."""
    if isinstance(series.dtype, pd.CategoricalDtype):
        return True
    if pd.api.types.is_numeric_dtype(series) or pd.api.types.is_datetime64_any_dtype(series):
        return False
    try:
        cells: list[object] = list(series.unique())
    except TypeError:  # cells that are lists
        return False
    if not all(isinstance(cell, str) for cell in cells):
        return False
    return levels_or_numbers(cells) == "levels" or all(is_text_number(cell) for cell in cells)


def ordered_levels(series: pd.Series, column: str) -> tuple[tuple[Any, ...], list[str]]:
    """Return the levels of a column: in their order where its type has one, else sorted."""
    present = set(_cells(series).unique().tolist())
    if isinstance(series.dtype, pd.CategoricalDtype):
        order = series.cat.categories.tolist()
        empty = [str(level) for level in order if level not in present]
        more = f" and {len(empty) - _SHOWN} more" if len(empty) > _SHOWN else ""
        notes = [f"column {column!r} has no rows of {', '.join(empty[:_SHOWN])}{more}: left out"]
        return tuple(level for level in order if level in present), notes if empty else []
    levels = list(present)
    if levels and all(is_text_number(level) for level in levels):
        note = f"column {column!r} is text, and enters as levels; pandas.to_numeric reads numbers"
        return tuple(sorted(levels, key=float)), [note]
    try:
        return tuple(sorted(levels)), []
    except TypeError:  # of several types
        return tuple(sorted(levels, key=str)), []


def _cells(series: pd.Series) -> pd.Series:
    """Return cells that compare as levels do: whole floats as integers, objects as they are."""
    if isinstance(series.dtype, pd.CategoricalDtype):
        return series.astype(object)
    if pd.api.types.is_float_dtype(series):
        values = series.to_numpy(dtype=float)
        if np.all(np.isfinite(values) & (values == np.round(values))):
            return pd.Series(values.astype(np.int64), index=series.index)
    return series


def level_names(series: pd.Series) -> tuple[np.ndarray, list[str]]:
    """Return codes from 0 of a grouping column, and the names of its levels in order."""
    levels, _ = ordered_levels(series, "")
    codes = pd.Index(levels, dtype=object).get_indexer(_cells(series).astype(object))
    return np.asarray(codes), [str(level) for level in levels]


def numbers_of(series: pd.Series, column: str, rows: Rows) -> np.ndarray:
    """Return a column of finite numbers.

    Raises
    ------
    DataError
        A cell is no number, or is infinite.
    """
    try:
        numbers = column_numbers(series, column, column, rows)
    except DataError as error:
        raise _without_stan(error, column) from None
    wild = np.flatnonzero(~np.isfinite(numbers))
    if wild.size:
        raise DataError(
            f"column {column!r} has infinite values",
            where=rows.names(wild),
            do="correct these cells, or leave the rows out",
        )
    return numbers


def _without_stan(error: DataError, column: str) -> DataError:
    """Return an error on a data variable as one on a column of a frame."""
    variable = f"data variable {column!r}"
    where = (error.where or "").replace(f", for {variable}", "").replace(variable, "data frame")
    do = error.do or ""
    if "int<lower=1" in do:
        do = f"use numbers, or write factor({column}) where the values are levels"
    return DataError(error.what, where=where, got=error.got, expected=error.expected, do=do)
