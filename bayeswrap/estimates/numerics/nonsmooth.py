"""Maxima on kinks of the density, such as those of a double exponential prior.

Coordinates that rest on a kink are held there while the smooth rest climbs, in turn, until the
slopes on both sides of every kink point to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import bisect

from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.numerics.newton import newton_ascent
from bayeswrap.thresholds import VERIFIED_DECREMENT

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.numerics.newton import NewtonAscent

__all__ = [
    "kinked_maximum",
]


_ROUNDS_MAX = 60
_PATIENCE = 5  # rounds without a gain: among rounding errors every slope jumps
_SEARCH_WIDTH = 4.0  # standard errors to either side in which a kink is looked for
_NEAR = 1e-7  # standard errors: slopes this close on both sides show a jump
_NEARER = 1e-8  # standard errors
_KINK_TOLERANCE = 5e-11  # standard errors: far below _NEARER
_JUMP = 1e3  # times what a smooth slope of that scale changes by
_STEADY = 0.5  # share of a jump that is left at a tenth of the distance; 0.1 if it is smooth


def kinked_maximum(
    function: Function, start: np.ndarray, scale: np.ndarray
) -> tuple[np.ndarray, frozenset[int], NewtonAscent] | None:
    """Find a maximum with some coordinates on kinks.

    Parameters
    ----------
    function : callable
        Value and gradient.
    start : (dimension,) array
        Position to start from.
    scale : (dimension,) array
        Rough standard error of each coordinate.

    Returns
    -------
    q : (dimension,) array
        The maximum.
    held : frozenset of int
        Coordinates on a kink.
    rest : NewtonAscent
        The ascent of the others.
        None where there is no such maximum.
    """
    q, held = start.copy(), frozenset[int]()
    best, idle = -np.inf, 0
    for _ in range(_ROUNDS_MAX):
        before = held
        for i in range(q.size):
            kink = _coordinate_kink(function, q, i, scale[i])
            if kink is not None:
                q[i] = kink
                held |= {i}
            elif i in held and not _points_inward(function, q, i, scale[i]):
                held -= {i}
        if not held:
            return None
        free = [i for i in range(q.size) if i not in held]
        rest = newton_ascent(restricted(function, q, free), q[free])
        q[free] = rest.q
        settled = rest.decrement < VERIFIED_DECREMENT.value or not free
        if held == before and settled and _all_inward(function, q, held, scale):
            return q, held, rest
        idle = 0 if rest.value > best else idle + 1
        best = max(best, rest.value)
        if idle == _PATIENCE:
            break
    return None


def _all_inward(function: Function, q: np.ndarray, held: frozenset[int], scale: np.ndarray) -> bool:
    return all(_points_inward(function, q, i, scale[i]) for i in held)


def _slope(function: Function, q: np.ndarray, i: int, at: float) -> float:
    shifted = q.copy()
    shifted[i] = at
    return float(function(shifted)[1][i])


def _points_inward(function: Function, q: np.ndarray, i: int, scale: float) -> bool:
    below = _slope(function, q, i, q[i] - _NEAR * scale)
    return below > 0 > _slope(function, q, i, q[i] + _NEAR * scale)


def _coordinate_kink(function: Function, q: np.ndarray, i: int, scale: float) -> float | None:
    """Return where coordinate i is best, with the others held, if its slope jumps there."""

    def sign(at: float) -> int:
        return 1 if _slope(function, q, i, at) > 0 else -1

    low, high = q[i] - _SEARCH_WIDTH * scale, q[i] + _SEARCH_WIDTH * scale
    if not _slope(function, q, i, low) > 0 > _slope(function, q, i, high):
        return None
    at = bisect(sign, low, high, xtol=_KINK_TOLERANCE * scale)
    # near zero the kink is zero itself, which bisection only approaches
    at = 0.0 if abs(at) < _NEAR * scale else float(at)
    return at if _jumps(function, q, i, at, scale) else None


def _jumps(function: Function, q: np.ndarray, i: int, at: float, scale: float) -> bool:
    """Return whether slope i jumps, rather than changing sign steeply but smoothly."""
    drops = []
    for distance in (_NEAR * scale, _NEARER * scale):
        below, above = (_slope(function, q, i, at + s * distance) for s in (-1, 1))
        if not below > 0 > above:
            return False
        drops.append(below - above)
    # a smooth slope changes by about 2 * _NEAR / scale over this distance, and in proportion to it:
    # the second test holds on a ridge as well, where the scale says little of one coordinate alone
    return drops[0] > _JUMP * _NEAR / scale and drops[1] > _STEADY * drops[0]
