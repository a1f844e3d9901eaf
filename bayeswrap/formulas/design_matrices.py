"""`Design`: what a formula makes of a data frame, as plain arrays with names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

__all__ = [
    "Design",
    "DesignMatrix",
    "GroupTerm",
    "Predictor",
    "Response",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class DesignMatrix:
    """Columns of a design matrix.

    Attributes
    ----------
    names : tuple of str
        Names of the columns, such as ``dist100``, ``f[b]`` or ``x:z``; without the intercept.
    values : (rows, columns) array
        The columns, without the intercept.
    intercept : bool
        Whether there is an intercept beside them.
    """

    names: tuple[str, ...]
    values: np.ndarray
    intercept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupTerm:
    """A group term: ``(1 + x | g)``.

    Attributes
    ----------
    factor : str
        The grouping factor as written: ``g``, ``g:h``.
    names : tuple of str
        Names of the varying coefficients: ``Intercept``, ``x``.
    values : (rows, coefficients) array
        Their columns.
    levels : tuple of str
        The levels of the factor, in order.
    index : (rows,) array of int
        The level of each row, counted from 1; 0 in new data whose level was not seen.
    correlated : bool
        Whether the coefficients of a level are correlated (``|``) or not (``||``).
    """

    factor: str
    names: tuple[str, ...]
    values: np.ndarray
    levels: tuple[str, ...]
    index: np.ndarray
    correlated: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Predictor:
    """A linear predictor: population coefficients, group terms and an offset.

    Attributes
    ----------
    population : DesignMatrix
        Columns with one coefficient for all rows.
    groups : tuple of GroupTerm
        Terms whose coefficients vary by group.
    offset : (rows,) array or None
        What is added with coefficient 1.
    """

    population: DesignMatrix
    groups: tuple[GroupTerm, ...] = ()
    offset: np.ndarray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The outcome, with what stands beside it.

    Attributes
    ----------
    name : str
        As it is written in the formula: ``switched``, ``log(y)``.
    values : (rows,) array
        Numbers; codes from 1 where the outcome has categories, 0 and 1 where it is binary.
    levels : tuple of str
        The categories, where there are any: all of them; of a binary outcome both.
    trials, weights, upper : (rows,) array or None
        Numbers of trials, weights of rows, upper ends of intervals.
    censored : (rows,) array of int or None
        0 observed, 1 right, -1 left, 2 interval censored.
    """

    name: str
    values: np.ndarray
    levels: tuple[str, ...] = ()
    trials: np.ndarray | None = None
    weights: np.ndarray | None = None
    censored: np.ndarray | None = None
    upper: np.ndarray | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Design:
    """A formula applied to a data frame.

    Attributes
    ----------
    response : Response
        The outcome.
    predictors : mapping of str to Predictor
        By parameter of the family: ``mu`` first, then those with a formula of their own, as
        ``sigma`` in ``sigma ~ x``.
    rows : int
        Rows that are used.
    notes : tuple of str
        What was changed: rows dropped, levels without rows, factors coded.
    """

    response: Response
    predictors: Mapping[str, Predictor]
    rows: int
    notes: tuple[str, ...] = field(default=())
