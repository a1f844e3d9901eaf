"""From one start by several routes: L-BFGS then Newton, and Newton at once.

Each route alone fails on functions that the other climbs, so both are taken and the better end is
kept. A climb that ends on a saddle starts again on both sides of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.functions import same_value
from bayeswrap.estimates.numerics.lbfgs import rough_ascent
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.support import SupportEdges
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "best_of_routes",
    "better",
    "off_the_saddle",
    "persistent",
]


_ON_THE_WAY = frozenset({Status.NOT_CONVERGED, Status.UNBOUNDED})
_ROUNDS_MAX = 8
_LONG_ASCENT = 1000  # steps of L-BFGS
_RISE_MIN = 1e-3  # nats: less is no progress
_RAY_LENGTHS = tuple(10.0**k for k in range(-2, 3))  # of the largest entry of the direction
_BESIDE_SADDLE = (0.3, 1.0, 3.0)  # whitened steps


def best_of_routes(function: Function, start: np.ndarray, edges: SupportEdges) -> Optimum:
    """Climb from a start by both routes and keep the better verified end.

    Parameters
    ----------
    function : callable
        Value and gradient on the unconstrained scale.
    start : (dimension,) array
        A point with finite density.
    edges : SupportEdges
        Where coordinates lead to a finite edge.
    """
    by_way = find_optimum(function, rough_ascent(function, start), edges)
    at_once = find_optimum(function, start, edges)
    return better(off_the_saddle(function, by_way, edges), off_the_saddle(function, at_once, edges))


def better(first: Optimum, second: Optimum) -> Optimum:
    """Return the better of two ends: verified before unverified, then higher, then flatter."""
    if first.status.is_estimate != second.status.is_estimate:
        return first if first.status.is_estimate else second
    if same_value(first.value, second.value):
        return first if first.decrement <= second.decrement else second
    return first if first.value >= second.value else second


def off_the_saddle(function: Function, optimum: Optimum, edges: SupportEdges) -> Optimum:
    """Step to both sides of a saddle along the way up, and climb again.

    Returns
    -------
    Optimum
        The better of the two new ends; the given one where it is no saddle.
    """
    if optimum.status is not Status.SADDLE or optimum.direction is None:
        return optimum
    ends = [
        find_optimum(function, beside, edges)
        for sign in (-1, 1)
        if (beside := _beside(function, optimum, sign)) is not None
    ]
    for end in ends:
        optimum = better(optimum, end)
    return optimum


def persistent(function: Function, optimum: Optimum, edges: SupportEdges) -> Optimum:
    """Climb on from an end that may lie on the way: in a long bent valley steps are short.

    Returns
    -------
    Optimum
        The given one where it is a verified maximum, or no higher place was reached.
    """
    for _ in range(_ROUNDS_MAX):
        if optimum.status not in _ON_THE_WAY:
            break
        further = better(optimum, _onward(function, optimum, edges))
        if not further.value > optimum.value + _RISE_MIN:
            # a new root may still see a way that differs from that of the old one
            further = better(optimum, find_optimum(function, optimum.q, edges))
        rise, optimum = further.value - optimum.value, further
        if not rise > _RISE_MIN:
            break
    return optimum


def _onward(function: Function, optimum: Optimum, edges: SupportEdges) -> Optimum:
    """Climb on from the highest point on the ray along which the value rises."""
    begin = optimum.q
    if optimum.direction is not None and np.isfinite(optimum.direction).all():
        length = max(float(np.abs(optimum.direction).max()), 1e-300)
        steps = [s * far / length for far in _RAY_LENGTHS for s in (-1, 1)]
        points = [begin, *(begin + t * optimum.direction for t in steps)]
        begin = max(points, key=lambda q: function(q)[0])
    ahead = rough_ascent(function, begin, steps=_LONG_ASCENT, rounds=3, tolerance=1e-13)
    return find_optimum(function, ahead, edges)


def _beside(function: Function, optimum: Optimum, sign: int) -> np.ndarray | None:
    """Return the highest of some points to one side that lies above the saddle."""
    direction = np.asarray(optimum.direction)
    points = [optimum.q + sign * t * direction for t in _BESIDE_SADDLE]
    heights = [function(p)[0] for p in points]
    best = int(np.argmax(np.nan_to_num(heights, nan=-np.inf)))
    return points[best] if heights[best] > optimum.value else None
