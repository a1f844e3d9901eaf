"""Rows at which effects are shown: a reference row, grids of values, rows of the data changed."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from bayeswrap.arguments import did_you_mean
from bayeswrap.errors import DataError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.predictions.fitted_regression import FittedRegression

__all__ = [
    "check_predictor",
    "grid",
    "grid_values",
    "is_number",
    "levels_of",
    "predictors_of",
    "reference_row",
    "rows_with",
]

_POINTS = 50  # of a curve over a numeric predictor


def check_predictor(fit: FittedRegression, variable: str) -> None:
    """Raise `UnknownNameError` unless the formula uses a column of that name."""
    if variable not in fit.data.columns:
        known = [str(c) for c in fit.data.columns]
        raise UnknownNameError(
            f"no column {variable!r} in this regression{did_you_mean(variable, known)}",
            expected="one of " + ", ".join(known),
            do="name a column of the data frame",
        )


def is_number(fit: FittedRegression, variable: str) -> bool:
    """Return whether a column enters as a number: not as text, truth value or factor."""
    column = fit.data[variable]
    if not is_numeric_dtype(column) or is_bool_dtype(column):
        return False
    # a number that the formula takes as a factor: C(x) or factor(x)
    as_factor = re.compile(rf"\b(?:C|factor)\(\s*{re.escape(variable)}\b")
    names = [
        name
        for predictor in fit.regression.design.predictors.values()
        for name in predictor.population.names
    ]
    return not any(as_factor.search(name) for name in names)


def predictors_of(fit: FittedRegression) -> list[str]:
    """Return the columns that stand in some formula, without outcome and grouping factors alone."""
    predictors = fit.regression.design.predictors.values()
    names = [n for p in predictors for n in p.population.names]
    names += [n for p in predictors for term in p.groups for n in term.names]
    words = re.sub(r"\[[^]]*\]", "", " ".join(names))  # f[b] is of f alone
    columns = map(str, fit.data.columns)
    return [c for c in columns if re.search(rf"(?<!\w){re.escape(c)}(?!\w)", words)]


def levels_of(fit: FittedRegression, variable: str) -> list[Any]:
    """Return the values of a factor, in order."""
    column = fit.data[variable]
    if isinstance(column.dtype, pd.CategoricalDtype):
        return list(column.cat.categories)
    return sorted(column.dropna().unique().tolist())


def grid_values(fit: FittedRegression, variable: str, *, curve: bool = True) -> list[Any]:
    """Return the values of a predictor at which it is shown.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    variable : str
        A column.
    curve : bool, optional
        Whether a number gets 50 values over its range, or its mean and one standard deviation
        to each side.
    """
    if not is_number(fit, variable):
        return levels_of(fit, variable)
    x = fit.data[variable].to_numpy(dtype=float)
    if np.unique(x).size <= 2:  # noqa: PLR2004 - a number that is 0 or 1
        return sorted(np.unique(x).tolist())
    if curve:
        return list(np.linspace(x.min(), x.max(), _POINTS))
    mean, sd = float(x.mean()), float(x.std(ddof=1))
    return [mean - sd, mean, mean + sd]


def reference_row(fit: FittedRegression, at: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return one row: numbers at their mean, all else at its most frequent value.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    at : mapping, optional
        Values of some columns.

    Raises
    ------
    UnknownNameError
        There is no such column.
    DataError
        A factor has no such level.
    """
    row = {}
    for column in map(str, fit.data.columns):
        values = fit.data[column]
        if is_number(fit, column):
            row[column] = float(values.mean())
        else:
            row[column] = values.mode().iloc[0]
    for column, value in (at or {}).items():
        check_predictor(fit, column)
        if not is_number(fit, column) and value not in levels_of(fit, column):
            levels = [str(v) for v in levels_of(fit, column)]
            raise DataError(
                f"no level {value!r} of {column!r}{did_you_mean(value, levels)}",
                where="at=",
                expected="one of " + ", ".join(levels),
                do="pass a level that the data have",
            )
        row[column] = value
    return row


def rows_with(
    fit: FittedRegression, rows: pd.DataFrame, changes: Mapping[str, Any]
) -> pd.DataFrame:
    """Return rows with columns set to values, in the types of the data.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    rows : DataFrame
        Rows to change.
    changes : mapping
        A value, or as many as there are rows, by column.
    """
    changed = rows.copy()
    for column, value in changes.items():
        dtype = fit.data[column].dtype
        filled = pd.Series(
            [value] * len(rows) if np.ndim(value) == 0 else list(value), index=rows.index
        )
        is_kept = not is_number(fit, column)
        changed[column] = filled.astype(dtype) if is_kept else filled.astype(float)
    return changed


def grid(
    fit: FittedRegression, values: Mapping[str, Sequence[Any]], row: Mapping[str, Any]
) -> pd.DataFrame:
    """Return the rows of all combinations of values, the other columns as in `row`."""
    combinations = list(product(*values.values()))
    base = fit.data.iloc[[0] * len(combinations)].reset_index(drop=True)
    changes: dict[str, Any] = {c: v for c, v in row.items() if c not in values}
    for i, column in enumerate(values):
        changes[column] = [c[i] for c in combinations]
    return rows_with(fit, base, changes)
