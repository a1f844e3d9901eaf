"""`Design`: what a formula makes of a data frame, as plain arrays with names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

__all__ = [
    "Design",
    "DesignMaker",
    "DesignMatrix",
    "GroupTerm",
    "NewDesign",
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
    new_levels : tuple of str
        In new data: the levels that were not seen.
    new_index : (rows,) array of int or None
        In new data: the position of each row's level in `new_levels`, from 1; 0 where it was seen.
    """

    factor: str
    names: tuple[str, ...]
    values: np.ndarray
    levels: tuple[str, ...]
    index: np.ndarray
    correlated: bool = True
    new_levels: tuple[str, ...] = ()
    new_index: np.ndarray | None = None


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
class NewDesign:
    """The predictors of a formula for new data.

    Attributes
    ----------
    predictors : mapping of str to Predictor
        By parameter of the family, with the columns of the fit.
    rows : int
        Rows that are used.
    kept : (rows,) array of int
        Their positions in the new data, from 0.
    trials : (rows,) array or None
        Numbers of trials, where the formula has them and the new data, too.
    notes : tuple of str
        Rows that were dropped.
    """

    predictors: Mapping[str, Predictor]
    rows: int
    kept: np.ndarray
    trials: np.ndarray | None = None
    notes: tuple[str, ...] = ()


class DesignMaker(Protocol):
    """What makes the predictors of a formula for new data."""

    def at(
        self,
        newdata: Any,  # noqa: ANN401 - any table
        *,
        missing: str = "error",
        groups: bool = True,
    ) -> NewDesign:
        """Return the predictors for new data, with or without their group terms."""
        ...


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
    kept : (rows,) array of int or None
        Positions of these rows in the data frame, from 0.
    builder : DesignMaker or None
        What keeps the parameters of transforms, levels and contrasts for new data; it pickles.
    """

    response: Response
    predictors: Mapping[str, Predictor]
    rows: int
    notes: tuple[str, ...] = field(default=())
    kept: np.ndarray | None = None
    builder: DesignMaker | None = None
