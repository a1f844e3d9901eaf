"""Derivatives by central differences, and the scaling that makes a curvature well conditioned.

A Hessian is the difference of exact gradients along directions: with step h, the error is of order
h^4 of the fourth derivative for the five-point formula and eps/h of rounding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "_ENDLESS",
    "_STEP",
    "diagonal_scale",
    "hessian_along",
    "whiten",
]


_STEP = 1e-3  # of a standard error, as for all differences along T
_DIFFERENCE = 1e-3  # of a standard error: fourth order, see the curvature tests
_SMALLEST_EIGENVALUE = 1e-6  # T grows at most a thousandfold a step along a flat direction
_ENDLESS = 1e100  # a direction without any curvature: T has grown by a thousand a step


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
        for h in (1e-4 * max(1.0, abs(q[i])), 1e-7 * max(1.0, abs(q[i]))):
            shifted = q.copy()
            shifted[i] += h
            moved = function(shifted)[1][i]
            if np.isfinite(moved) and moved != gradient[i]:
                scale[i] = 1 / np.sqrt(abs(moved - gradient[i]) / h)
                break
    return scale


def whiten(function: Function, q: np.ndarray, root: np.ndarray) -> np.ndarray:
    """Return a new T from an old one, so that T'HT has eigenvalues of -1 and 1."""
    hessian = hessian_along(function, q, root)
    if not np.abs(hessian).max(initial=0.0) < _ENDLESS:
        return root
    eigenvalues, vectors = np.linalg.eigh(hessian)
    return np.asarray(
        root @ vectors / np.sqrt(np.maximum(np.abs(eigenvalues), _SMALLEST_EIGENVALUE))
    )


def hessian_along(
    function: Function,
    q: np.ndarray,
    root: np.ndarray,
    h: float = _DIFFERENCE,
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
    columns = [_directional(function, q, column, h) for column in root.T]
    product = root.T @ np.column_stack(columns) if columns else np.zeros((0, 0))
    # far out numbers overflow: what cannot be told there is no curvature
    product = np.clip(np.nan_to_num(product), -_ENDLESS, _ENDLESS)
    return (product + product.T) / 2


def _directional(
    function: Function,
    q: np.ndarray,
    column: np.ndarray,
    h: float,
) -> np.ndarray:
    for shrink in (1.0, 1e-2, 1e-4):
        step = h * shrink
        g = [function(q + k * step * column)[1] for k in (-2, -1, 1, 2)]
        difference = (8 * (g[2] - g[1]) - (g[3] - g[0])) / (12 * step)
        if np.isfinite(difference).all():
            return np.asarray(difference)
    return np.zeros(q.size)
