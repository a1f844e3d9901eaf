"""Functions of single columns that a formula may call, with no second argument that writes."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from bayeswrap.errors import FormulaError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = [
    "checked_contrasts",
    "checked_levels",
    "column_functions",
]

_OF_NUMPY = ("log10", "log2", "log1p", "exp", "expm1", "sqrt", "abs", "sin", "cos", "tan", "tanh")


def column_functions() -> dict[str, Callable[..., Any]]:
    """Return functions by the name under which formulaic calls them.

    A function of numpy takes a second array to write into; here it has one argument.

    Examples
    --------
    >>> import numpy as np
    >>> column_functions()["log"](np.array([1.0, 100.0]), 10).tolist()
    [0.0, 2.0]
    """
    return {
        **{name: _of_one(getattr(np, name)) for name in (*_OF_NUMPY, "floor", "sign")},
        "log": _log,
        "round": lambda x, digits=0: np.round(x, digits),
        "atan": _of_one(np.arctan),
        "inv_logit": lambda x: 1 / (1 + np.exp(-x)),
        "logit": lambda p: np.log(p / (1 - p)),
        "pmin": lambda *columns: reduce(np.minimum, columns),
        "pmax": lambda *columns: reduce(np.maximum, columns),
        "c": lambda *values: list(values),
    }


def _of_one(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: function(x)  # noqa: PLW0108 - hides the further arguments of numpy


def _log(x: Any, base: float | None = None) -> Any:  # noqa: ANN401 - a column
    """Return logarithms, to a base as in R."""
    if base is None:
        return np.log(x)
    if not np.isscalar(base):
        raise FormulaError("the base of log() is a number", do="write log(x), or log(x, 10)")
    return np.log(x) / np.log(base)


def checked_contrasts(contrasts: Any) -> Any:  # noqa: ANN401 - a contrast of formulaic
    """Return contrasts, unless they are a column.

    Raises
    ------
    FormulaError
        They are a column.
    """
    if isinstance(contrasts, (pd.Series, np.ndarray)):
        raise FormulaError(
            "the second argument of C() says how levels are compared",
            expected="Treatment('b'), Sum, Helmert, Poly or Diff",
            do="for pairs of levels write f:g",
        )
    return contrasts


def checked_levels(levels: Sequence[Any] | None, column: Any) -> Sequence[Any] | None:  # noqa: ANN401 - a column
    """Return the order of levels, which has to hold all of them.

    Raises
    ------
    FormulaError
        A level of the column is not among them.
    """
    if levels is not None:
        absent = [level for level in pd.unique(pd.Series(column)) if level not in levels]
        if absent:
            raise FormulaError(
                f"levels= lacks the level {absent[0]!r} of its column",
                do="list all levels, or leave the rows out before",
            )
    return levels
