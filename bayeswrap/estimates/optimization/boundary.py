"""Maxima on the edge of the support: a coordinate that runs to the end of its transform."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.numerics.newton import newton_ascent
from bayeswrap.thresholds import COLLAPSE_EVENNESS, COLLAPSE_RISE, COLLAPSED_SCALE

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.numerics.newton import NewtonAscent
    from bayeswrap.estimates.problem.support import SupportEdges

__all__ = [
    "collapse",
    "pulled_back",
]


_FARTHEST_START = 40.0  # log units: exp(-40) of a scale is smaller than the noise of any data
_BEYOND = 2.0  # log units past the point reached
_BEYOND_RISE = 1.0  # nats


def pulled_back(function: Function, start: np.ndarray, edges: SupportEdges) -> np.ndarray:
    """Return a start away from the edges: one that stands on an edge is where numbers overflow."""
    low = np.where(edges.below, -_FARTHEST_START, -np.inf)
    high = np.where(edges.above, _FARTHEST_START, np.inf)
    nearer = np.clip(start, low, high)
    return nearer if np.isfinite(function(nearer)[0]) else start


def collapse(function: Function, ascent: NewtonAscent, edges: SupportEdges) -> np.ndarray | None:
    """Return the direction to an edge towards which the value grows without bound.

    Towards an ordinary edge the value levels off; a density that grows without bound rises in
    proportion to the logarithm of the scale that collapses, and goes on to rise beyond the point
    reached once the other coordinates have followed.
    """
    for i in np.flatnonzero(np.abs(ascent.q) > COLLAPSED_SCALE.value):
        outward = np.zeros(ascent.q.size)
        outward[i] = np.sign(ascent.q[i])
        if not (edges.alone[i] and edges.reached(int(i), outward[i])):
            continue
        quarter, half = (
            ascent.value - _shrunk(function, ascent.q, int(i), by) for by in (0.75, 0.5)
        )
        is_even = half > COLLAPSE_RISE.value and quarter > COLLAPSE_EVENNESS.value * half
        if is_even and _rises_beyond(function, ascent, int(i), outward):
            return outward
    return None


def _rises_beyond(function: Function, ascent: NewtonAscent, i: int, outward: np.ndarray) -> bool:
    beyond = ascent.q + _BEYOND * outward
    others = [j for j in range(ascent.q.size) if j != i]
    rest = restricted(function, beyond, others)
    if not np.isfinite(rest(beyond[others])[0]):
        return False
    return newton_ascent(rest, beyond[others]).value > ascent.value + _BEYOND_RISE


def _shrunk(function: Function, q: np.ndarray, i: int, by: float) -> float:
    back = q.copy()
    back[i] *= by
    return function(back)[0]
