"""What stands beside an outcome, row by row: trials, weights, censoring."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from bayeswrap.data.row_names import Rows

__all__ = [
    "CENSORED",
    "censored_codes",
    "check_trials",
    "check_upper",
    "check_weights",
]

CENSORED = {"none": 0, "right": 1, "left": -1, "interval": 2}
_INT_MAX = 2**31 - 1  # Stan's int
INTERVAL = CENSORED["interval"]


def check_trials(trials: np.ndarray, successes: np.ndarray | None, name: str, rows: Rows) -> None:
    """Require whole numbers of trials from 0, at least as many as successes.

    Raises
    ------
    DataError
        A number of trials is none, or too small.
    """
    bad = np.flatnonzero((trials < 0) | (trials != np.round(trials)) | (trials > _INT_MAX))
    if bad.size:
        raise DataError(
            f"the trials {name!r} have the value {trials[bad[0]]:g}",
            where=rows.names(bad),
            expected=f"whole numbers from 0 to {_INT_MAX}",
            do="give the number of trials of each row",
        )
    bad = np.flatnonzero(successes > trials) if successes is not None else np.zeros(0, dtype=int)
    if successes is not None and bad.size:
        raise DataError(
            f"{successes[bad[0]]:g} successes in {trials[bad[0]]:g} trials",
            where=rows.names(bad),
            expected="at most as many successes as trials",
            do="check both columns; with failures write cbind(successes, failures) ~ x",
        )


def check_weights(weights: np.ndarray, name: str, rows: Rows) -> None:
    """Require weights from 0, not all of them 0.

    Raises
    ------
    DataError
        A weight is negative, or there is none.
    """
    bad = np.flatnonzero(weights < 0)
    if bad.size:
        raise DataError(
            f"the weights {name!r} have the value {weights[bad[0]]:g}",
            where=rows.names(bad),
            expected="numbers from 0",
            do="correct the weights",
        )
    if not weights.any():
        raise DataError(f"all weights {name!r} are 0", do="give rows a weight above 0")


def censored_codes(series: pd.Series, name: str, rows: Rows) -> np.ndarray:
    """Return how each row is censored: 0 not, 1 right, -1 left, 2 interval.

    Parameters
    ----------
    series : Series
        Codes or words.
    name : str
        The column's name.
    rows : Rows
        The names of the rows.

    Raises
    ------
    DataError
        A cell is none of these.

    Examples
    --------
    >>> import pandas as pd
    >>> from bayeswrap.data.row_names import Rows
    >>> censored_codes(pd.Series(["none", "right"]), "status", Rows()).tolist()
    [0, 1]
    """
    cells = series.astype(object)
    unknown = {cell for cell in cells.unique() if _code(cell) is None}
    if unknown:
        bad = np.flatnonzero(cells.isin(list(unknown)))
        cell = cells.iloc[bad[0]]
        raise DataError(
            f"the column {name!r} of censoring has {cell!r}{did_you_mean(cell, CENSORED)}",
            where=rows.names(bad),
            expected='0 or "none", 1 or "right", -1 or "left", 2 or "interval"',
            do="code the column so; an event indicator (1 = event) is 1 - event",
        )
    codes = {cell: _code(cell) for cell in cells.unique()}
    return np.array([codes[cell] for cell in cells], dtype=np.int64)


def _code(cell: object) -> int | None:
    """Return the code of one cell; None where it is none."""
    if isinstance(cell, str):
        word = cell.strip().lower()
        return CENSORED.get(word, {str(v): v for v in CENSORED.values()}.get(word))
    if isinstance(cell, (int, float, np.number, np.bool_)) and cell in CENSORED.values():
        return int(cell)
    return None


def check_upper(
    censored: np.ndarray, values: np.ndarray, upper: np.ndarray | None, rows: Rows
) -> None:
    """Require an upper end above the lower one in each row that is interval censored.

    Raises
    ------
    DataError
        It is missing, or not above.
    """
    inner = censored == INTERVAL
    if not inner.any():
        return
    if upper is None:
        raise DataError(
            "rows with interval censoring need an upper end",
            where=rows.names(np.flatnonzero(inner)),
            do="write y | cens(c, upper), or pass upper=",
        )
    bad = np.flatnonzero(inner & ~(upper > values))
    if bad.size:
        end = upper[bad[0]]
        raise DataError(
            f"the interval from {values[bad[0]]:g} to {end:g} is empty"
            if np.isfinite(end)
            else "the upper end of an interval is missing",
            where=rows.names(bad),
            expected="an upper end above the outcome",
            do="correct the ends; an exact value is not censored",
        )
