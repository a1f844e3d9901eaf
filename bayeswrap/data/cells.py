"""One column of a table as numbers; a cell that is none is named with its row and a remedy."""

from __future__ import annotations

import math
from numbers import Real
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.errors import DataError

if TYPE_CHECKING:
    from decimal import Decimal

    from bayeswrap.data.row_names import Rows

__all__ = [
    "column_numbers",
    "is_text_number",
    "levels_or_numbers",
]

_LEVELS_SHOWN = 4
_AFFIRMED = {"yes", "y", "true", "t", "ja", "oui", "si", "case", "dead", "success", "positive"}
_MOSTLY = 0.5  # share of cells that read as numbers in a column of numbers


def column_numbers(series: pd.Series, column: str, variable: str, rows: Rows) -> np.ndarray:
    """Return a column without missing values as int64 where it is whole by its type, or float64.

    Parameters
    ----------
    series : Series
        The column.
    column, variable : str
        Its name and that of the data variable, for messages.
    rows : Rows
        The names of its rows.

    Raises
    ------
    DataError
        A cell holds no number.

    Examples
    --------
    >>> import pandas as pd
    >>> from bayeswrap.data.row_names import Rows
    >>> column_numbers(pd.Series([True, False]), "smokes", "x", Rows())
    array([1, 0])
    """
    own = series
    if isinstance(series.dtype, pd.CategoricalDtype):
        series = series.astype(series.cat.categories.dtype)
    if pd.api.types.is_complex_dtype(series.dtype):
        raise _refusal(
            series,
            column,
            variable,
            f"use frame[{column!r}].to_numpy().real, and .imag as a second column",
        )
    if pd.api.types.is_numeric_dtype(series):
        is_whole = pd.api.types.is_integer_dtype(series) or pd.api.types.is_bool_dtype(series)
        return np.asarray(series.to_numpy(), dtype=np.int64 if is_whole else np.float64)
    cells = list(series)
    if all(_is_number(cell) for cell in cells):
        return np.array([float(cell) for cell in cells])
    _require_no_text_cell(cells, column, variable, rows)
    raise _refusal(own, column, variable, _remedy(series, cells, column))


def _is_number(cell: object) -> bool:
    """Return whether an object is a real number: Python's, numpy's, a Fraction or a Decimal."""
    return isinstance(cell, Real) or (hasattr(cell, "as_tuple") and hasattr(cell, "is_finite"))


def is_text_number(cell: object) -> bool:
    """Return whether text reads as a number."""
    if not isinstance(cell, str):
        return False
    try:
        return not math.isnan(float(cell.replace("_", "x")))
    except ValueError:
        return False


def levels_or_numbers(cells: list[object]) -> str:
    """Return whether cells are ``"levels"`` (text) or ``"numbers"`` with perhaps a text cell."""
    readable = sum(
        _is_number(cell) or is_text_number(cell) or is_text_number(_without_thousands(cell))
        for cell in cells
    )
    return "numbers" if readable > _MOSTLY * len(cells) else "levels"


def _without_thousands(cell: object) -> str:
    """Return text without the commas of ``1,200.5``."""
    return cell.replace(",", "") if isinstance(cell, str) else ""


def _require_no_text_cell(cells: list[object], column: str, variable: str, rows: Rows) -> None:
    """Name the cells without a number in a column that mostly holds numbers."""
    if levels_or_numbers(cells) == "levels":
        return
    bad = [i for i, c in enumerate(cells) if not (_is_number(c) or is_text_number(c))]
    if not bad:
        return
    first = cells[bad[0]]
    plain = _without_thousands(first)
    remedy = "correct the cell, or leave it empty where the value is missing"
    if is_text_number(plain):
        remedy = f"write it as {plain}: without a separator of thousands, and with a decimal point"
    raise DataError(
        f"column {column!r} holds {first!r}, which is not a number"
        + f" ({len(bad)} such cells)" * (len(bad) > 1),
        where=f"{rows.names(bad)}, for data variable {variable!r}",
        expected="a number in every row",
        do=remedy,
    )


def _refusal(series: pd.Series, column: str, variable: str, remedy: str) -> DataError:
    shown = ", ".join(list(dict.fromkeys(repr(v) for v in series))[:_LEVELS_SHOWN])
    return DataError(
        f"column {column!r} holds no numbers",
        where=f"data variable {variable!r}",
        got=f"{series.dtype}: {shown}",
        expected="numbers",
        do=remedy,
    )


def _remedy(series: pd.Series, cells: list[object | Decimal], column: str) -> str:
    """Return code that keeps what the values mean."""
    name = f"frame[{column!r}]"
    if all(isinstance(c, str) for c in cells) and levels_or_numbers(cells) == "numbers":
        return f"{name} = pandas.to_numeric({name}) reads the text as numbers"
    kind = pd.api.types.infer_dtype(series)
    if kind in {"datetime64", "datetime", "date"}:
        return (
            f"use days since the first: when = pandas.to_datetime({name}); "
            "(when - when.min()).dt.days"
        )
    if kind in {"timedelta64", "timedelta"}:
        return f"use seconds: pandas.to_timedelta({name}).dt.total_seconds()"
    levels = list({str(cell): cell for cell in cells}.values())
    if len(levels) == 2:  # noqa: PLR2004 - yes and no
        return f"code it as 0 and 1: ({name} == {_yes(levels)!r}).astype(int)"
    return (
        f"code the levels as 0/1 columns, pandas.get_dummies({name}, dtype=float), or declare the "
        "variable as an index, array[N] int<lower=1, upper=J>, which is coded by itself"
    )


def _yes(levels: list[object]) -> object:
    """Return which of two levels is likely the one that counts as 1."""
    affirmed = {
        "yes",
        "y",
        "true",
        "t",
        "ja",
        "oui",
        "si",
        "1",
        "case",
        "dead",
        "success",
        "positive",
    }
    return next((v for v in levels if str(v).lower() in affirmed), max(levels, key=str))
