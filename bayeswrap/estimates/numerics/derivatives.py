"""Derivatives by central differences, and the scaling that makes a curvature well conditioned.

A Hessian is the difference of exact gradients along directions. With step h the five-point formula
errs by h^4 f^(5) / 30, and rounding adds about eps / h.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.density import look_ahead
from bayeswrap.estimates.numerics.functions import coarseness_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "DIFFERENCE_STEP",
    "OTHER_STEP",
    "OVERFLOWED",
    "central_difference",
    "diagonal_scale",
    "directional_second_difference",
    "hessian_along",
    "whiten",
]


# In units of a standard error derivatives are of order 1. The truncation h^4 / 30 and the rounding
# eps / h are then equal at h = (30 eps)^(1/5) = 1.5e-3; both are near 1e-13 there.
DIFFERENCE_STEP = 1e-3  # standard errors
OTHER_STEP = 2e-3  # standard errors: a second look, as rounding does not repeat itself
OVERFLOWED = 1e100  # length of a column of T: along it there is no curvature at all
_SMALLEST_EIGENVALUE = 1e-6  # T grows at most a thousandfold a step along a flat direction
_ABSOLUTE_STEPS = (1e-4, 1e-7)  # of a coordinate's size, or of 1; the second for a narrow support
_SHORTER_STEPS = (1.0, 1e-2, 1e-4)  # of the step, where a longer one leaves the support


def central_difference(
    function: Callable[[np.ndarray], np.ndarray | float],
    q: np.ndarray,
    direction: np.ndarray,
    h: float = DIFFERENCE_STEP,
) -> np.ndarray:
    """Return the derivative of a function along a direction, by the five-point formula.

    Parameters
    ----------
    function : callable
        A number or an array at a position.
    q : (dimension,) array
        Position.
    direction : (dimension,) array
        About one standard error long.
    h : float, optional
        Step in units of the direction.

    Returns
    -------
    array
        d function(q + t direction) / dt at t = 0, in the shape of the function's values.

    References
    ----------
    Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 25.3.6.

    Examples
    --------
    >>> float(central_difference(lambda q: q[0] ** 4, np.array([1.0]), np.array([1.0])).round(9))
    4.0
    """
    f = [np.asarray(function(q + k * h * direction)) for k in (-2, -1, 1, 2)]
    # f' = (f(-2h) - 8 f(-h) + 8 f(h) - f(2h)) / 12h  +  h^4 f^(5) / 30
    return np.asarray((8 * (f[2] - f[1]) - (f[3] - f[0])) / (12 * h))


def directional_second_difference(
    function: Callable[[np.ndarray], np.ndarray],
    q: np.ndarray,
    direction: np.ndarray,
    centre: np.ndarray,
    h: float,
) -> np.ndarray:
    """Return the second derivative of a function along a direction, by the five-point formula.

    Parameters
    ----------
    function, q, direction, h
        As for `central_difference`.
    centre : array
        The function's value at `q`.

    References
    ----------
    Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 25.3.24.

    Examples
    --------
    >>> here, ahead = np.array([1.0]), np.array([1.0])
    >>> float(directional_second_difference(lambda q: q**4, here, ahead, here, 1e-2).round(7)[0])
    12.0
    """
    f = [function(q + k * h * direction) for k in (-2, -1, 1, 2)]
    # f'' = (-f(-2h) + 16 f(-h) - 30 f(0) + 16 f(h) - f(2h)) / 12h^2; the weights sum to 0, so that
    # the value at the centre is taken off each first, which saves the digits they share
    total = sum(w * (g - centre) for w, g in zip((-1, 16, 16, -1), f, strict=True))
    return np.asarray(total / (12 * h**2))


def diagonal_scale(function: Function, q: np.ndarray, gradient: np.ndarray) -> np.ndarray:
    """Return 1/sqrt|H_ii| from one gradient difference a coordinate; 1 where there is none.

    Parameters
    ----------
    function : callable
        Value and gradient.
    q, gradient : (dimension,) array
        Position, and the gradient there.
    """
    scale = np.ones(q.size)
    for i in range(q.size):
        for h in (step * max(1.0, abs(q[i])) for step in _ABSOLUTE_STEPS):
            shifted = q.copy()
            shifted[i] += h
            slope = function(shifted)[1][i]
            if np.isfinite(slope) and slope != gradient[i]:
                scale[i] = 1 / np.sqrt(abs(slope - gradient[i]) / h)
                break
    return scale


def whiten(function: Function, q: np.ndarray, root: np.ndarray) -> np.ndarray:
    """Return a new T from an old one, so that T'HT has eigenvalues of -1 and 1."""
    hessian = hessian_along(function, q, root)
    if not np.abs(hessian).max(initial=0.0) < OVERFLOWED:
        return root
    eigenvalues, vectors = np.linalg.eigh(hessian)
    # T'HT = V diag(lambda) V', so that T V diag(|lambda|^-1/2) is the new T
    return np.asarray(
        root @ vectors / np.sqrt(np.maximum(np.abs(eigenvalues), _SMALLEST_EIGENVALUE))
    )


def hessian_along(
    function: Function,
    q: np.ndarray,
    root: np.ndarray,
    h: float = DIFFERENCE_STEP,
) -> np.ndarray:
    """Return T' H T by fourth-order differences of exact gradients along the columns of T.

    Parameters
    ----------
    function : callable
        Value and gradient.
    q : (dimension,) array
        Position.
    root : (dimension, k) array
        T; columns about one standard error long.
    h : float
        Step in units of those columns.

    Returns
    -------
    (k, k) array
        Symmetric; a column that leaves the support is differenced with smaller steps.
    """
    step = h * coarseness_of(function)
    known = getattr(function, "curvature_along", None)
    found: np.ndarray | None = None if known is None else known(q, root, step)
    if found is not None:
        return found
    look_ahead(function, [q + k * step * column for column in root.T for k in (-2, -1, 1, 2)])
    columns = [_hessian_times(function, q, column, step) for column in root.T]
    product = root.T @ np.column_stack(columns) if columns else np.zeros((0, 0))
    # far out numbers overflow: what cannot be computed there is no curvature
    product = np.clip(np.nan_to_num(product), -OVERFLOWED, OVERFLOWED)
    return (product + product.T) / 2


def _hessian_times(function: Function, q: np.ndarray, column: np.ndarray, h: float) -> np.ndarray:
    for shorter in _SHORTER_STEPS:
        product = central_difference(lambda at: function(at)[1], q, column, h * shorter)
        if np.isfinite(product).all():
            return product
    return np.zeros(q.size)
