"""Where a scale of effects has all but reached the edge of its support: the limit of a marginal.

A centred program loses its digits as the scale of its effects goes to 0, where the marginal
likelihood levels off like the square of the scale. Each coordinate is walked towards its edge until
its slope is too small to matter; beyond that point the marginal is held constant.
Imports nothing of bayeswrap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from bayeswrap.estimates.edges import Edges
    from bayeswrap.estimates.optimum import Function

__all__ = ["held_at_limits", "limits_of"]

_WALK = 40  # log units
_LEVEL = 1e-9  # nats a log unit
_FADED = 1e-4


def limits_of(function: Function, psi: np.ndarray, edges: Edges) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and highest value at which each coordinate still counts.

    Parameters
    ----------
    function : callable
        Marginal log density and gradient.
    psi : (dimension,) array
        A point near its maximum.
    edges : Edges
        Which coordinates lead to a finite edge.

    Returns
    -------
    low, high : (dimension,) array
        Infinite where the function does not level off.
    """
    low, high = np.full(psi.size, -np.inf), np.full(psi.size, np.inf)
    for i in range(psi.size):
        if edges.below[i]:
            low[i] = _levels_off(function, psi, i, -1)
        if edges.above[i]:
            high[i] = _levels_off(function, psi, i, 1)
    return low, high


def _levels_off(function: Function, psi: np.ndarray, i: int, sign: int) -> float:
    best, smallest = sign * np.inf, _FADED
    for step in range(1, _WALK):  # the slope is 0 at an ordinary maximum as well
        moved = psi.copy()
        moved[i] += sign * step
        value, gradient = function(moved)
        slope = abs(gradient[i]) if np.isfinite(value) else np.inf
        if slope < smallest:
            best, smallest = float(moved[i]), slope
        elif smallest < _FADED:
            break  # the slope is no more than noise from here on
        if smallest < _LEVEL:
            break
    return best


def held_at_limits(function: Function, low: np.ndarray, high: np.ndarray) -> Function:
    """Return the function with coordinates beyond their limits held there."""

    def held(psi: np.ndarray) -> tuple[float, np.ndarray]:
        inside = np.clip(psi, low, high)
        value, gradient = function(inside)
        return value, np.where(inside == psi, gradient, 0.0)

    return held
