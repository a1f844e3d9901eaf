"""B-splines and natural cubic splines with R's knots, kept for new data.

The basis is that of `bs` and `ns` in R's package splines (de Boor, 2001): inner knots at quantiles
of the data, boundary knots at their range. Beyond the range a B-spline goes on as its last
polynomial and a natural spline as a line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.errors import FormulaError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "bs",
    "ns",
]

_CUBIC = 3


def bs(
    x: Any,  # noqa: ANN401 - a column as formulaic hands it over
    df: int | None = None,
    knots: Sequence[float] | float | None = None,
    degree: int = _CUBIC,
    intercept: bool = False,  # noqa: FBT001, FBT002 - as R's
    *,
    _state: dict[str, Any] | None = None,
) -> dict[int, np.ndarray]:
    """Return the columns of a B-spline: R's ``bs``.

    Parameters
    ----------
    x : (rows,) array
        The column.
    df : int, optional
        Number of columns, in place of `knots`.
    knots : sequence of float, optional
        Inner knots.
    degree : int
        Degree of the pieces.
    intercept : bool
        Whether the columns sum to 1.

    Examples
    --------
    >>> import numpy as np
    >>> sorted(bs(np.linspace(0, 1, 9), df=4))
    [1, 2, 3, 4]
    """
    values, state = _column(x, df, "bs"), {} if _state is None else _state
    if "knots" not in state:
        inner = None if df is None else df - degree - bool(intercept)
        state |= _knots(values, knots, inner, "bs", degree + bool(intercept))
    basis = _basis(values, state, degree, 0)
    return _columns(basis if intercept else basis[:, 1:])


def ns(
    x: Any,  # noqa: ANN401 - a column as formulaic hands it over
    df: int | None = None,
    knots: Sequence[float] | float | None = None,
    intercept: bool = False,  # noqa: FBT001, FBT002 - as R's
    *,
    _state: dict[str, Any] | None = None,
) -> dict[int, np.ndarray]:
    """Return the columns of a natural cubic spline: R's ``ns``.

    Parameters
    ----------
    x : (rows,) array
        The column.
    df : int, optional
        Number of columns, in place of `knots`.
    knots : sequence of float, optional
        Inner knots.
    intercept : bool
        Whether a constant is among the columns' combinations.

    Examples
    --------
    >>> import numpy as np
    >>> sorted(ns(np.linspace(0, 1, 9), df=3))
    [1, 2, 3]
    """
    values, state = _column(x, df, "ns"), {} if _state is None else _state
    if "knots" not in state:
        inner = None if df is None else df - 1 - bool(intercept)
        state |= _knots(values, knots, inner, "ns", 1 + bool(intercept))
    low, high = state["range"]
    inside = np.clip(values, low, high)
    # a natural spline goes on as a line with the slope of its end
    slope = _basis(inside, state, _CUBIC, 1) * (values - inside)[:, None]
    basis = _basis(inside, state, _CUBIC, 0) + slope
    curvature = _basis(np.array([low, high]), state, _CUBIC, 2)
    if not intercept:
        basis, curvature = basis[:, 1:], curvature[:, 1:]
    # the columns whose second derivative is 0 at both ends
    complement = np.linalg.qr(curvature.T, mode="complete")[0][:, 2:]
    return _columns(basis @ complement)


def _column(x: Any, df: Any, name: str) -> np.ndarray:  # noqa: ANN401 - a column as formulaic hands it over
    if df is not None and not isinstance(df, int):
        raise FormulaError(f"df of {name}() is a whole number", got=repr(df), do="correct df")
    values = np.asarray(x)
    if values.ndim != 1 or values.dtype.kind not in "iufb":
        raise FormulaError(f"{name}() needs a column of numbers", do="check its argument")
    return values.astype(float)


def _columns(basis: np.ndarray) -> dict[int, np.ndarray]:
    return {i + 1: basis[:, i] for i in range(basis.shape[1])}


def _knots(
    values: np.ndarray,
    knots: Sequence[float] | float | None,
    inner: int | None,
    name: str,
    least: int,
) -> dict[str, Any]:
    """Return boundary and inner knots."""
    low, high = float(values.min()), float(values.max())
    if low == high:
        raise FormulaError(f"{name}() of a constant column", do="leave the term out")
    if knots is not None:
        at = np.sort(np.atleast_1d(np.asarray(knots, dtype=float)))
        if at[0] <= low or at[-1] >= high:
            raise FormulaError(
                f"the inner knots of {name}() stand outside of the range of the column",
                expected=f"knots between {low:g} and {high:g}",
                do="move the knots",
            )
    elif inner is None or inner == 0:
        at = np.zeros(0)
    elif inner < 0:
        raise FormulaError(
            f"{name}() needs a larger df", expected=f"df of at least {least}", do="raise df"
        )
    else:
        at = np.quantile(values, np.linspace(0, 1, inner + 2)[1:-1])
    return {"knots": at, "range": (low, high)}


def _basis(values: np.ndarray, state: dict[str, Any], degree: int, derivative: int) -> np.ndarray:
    """Return B-splines or their derivatives, the last polynomials beyond the range."""
    low, high = state["range"]
    ends = [low] * (degree + 1), [high] * (degree + 1)
    return _derivative(
        values, np.concatenate([ends[0], state["knots"], ends[1]]), degree, derivative
    )


def _derivative(values: np.ndarray, knots: np.ndarray, degree: int, order: int) -> np.ndarray:
    """Return derivatives of B-splines.

    The derivative of sum_i c_i B_i,d is a spline of degree d - 1 on the inner knots, with
    coefficients d (c_{i+1} - c_i) / (t_{i+d+1} - t_{i+1}) (de Boor, 2001, chapter X).
    """
    if not order:
        return _b_splines(values, knots, degree)
    number = len(knots) - degree - 1
    widths = knots[degree + 1 : degree + number] - knots[1:number]
    changes = degree * np.diff(np.eye(number), axis=0) / widths[:, None]
    basis: np.ndarray = _derivative(values, knots[1:-1], degree - 1, order - 1) @ changes
    return basis


def _b_splines(values: np.ndarray, knots: np.ndarray, degree: int) -> np.ndarray:
    """Return B-splines by the Cox-de Boor recursion in the interval of each value."""
    number = len(knots) - degree - 1
    at = np.clip(np.searchsorted(knots, values, side="right") - 1, degree, number - 1)
    pieces = np.ones((len(values), 1))
    for d in range(1, degree + 1):
        longer = np.zeros((len(values), d + 1))
        for r in range(d):
            left, right = knots[at + 1 + r - d], knots[at + 1 + r]
            share = pieces[:, r] / (right - left)
            longer[:, r] += (right - values) * share
            longer[:, r + 1] += (values - left) * share
        pieces = longer
    basis = np.zeros((len(values), number))
    columns = (at - degree)[:, None] + np.arange(degree + 1)
    np.put_along_axis(basis, columns, pieces, axis=1)
    return basis
