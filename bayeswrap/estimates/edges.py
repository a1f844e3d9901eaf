"""Finite edges of the support, seen from the unconstrained scale, where they lie at infinity.

Imports `optimum` and `kinks`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.kinks import restricted
from bayeswrap.estimates.optimum import climb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.optimum import Climb, Function

__all__ = ["Edges", "collapse", "edges_of", "pulled_back"]

_PULLED = 40.0  # exp(-40) of a scale is smaller than the noise of any data
_COLLAPSED, _SPIKE, _EVENLY = 8.0, 10.0, 0.2  # log units of a scale; nats; share of them


@dataclass(frozen=True, slots=True)
class Edges:
    """Which unconstrained coordinates lead to a finite edge of the support at -inf and +inf.

    Attributes
    ----------
    below, above : tuple of bool
        Whether -inf and +inf are finite edges.
    alone : tuple of bool
        Whether the coordinate makes one scalar by itself (not so in a simplex).
    """

    below: tuple[bool, ...]
    above: tuple[bool, ...]
    alone: tuple[bool, ...]

    def reached(self, i: int, sign: float) -> bool:
        """Tell whether coordinate `i` ends on a finite edge in a direction."""
        return (self.below if sign < 0 else self.above)[i]

    def of(self, chosen: np.ndarray) -> Edges:
        """Return the edges of some coordinates, by a mask."""
        where = np.flatnonzero(chosen)
        below, above, alone = (
            tuple(side[i] for i in where) for side in (self.below, self.above, self.alone)
        )
        return Edges(below, above, alone)


def edges_of(kinds: Sequence[str]) -> Edges:
    """Return the edges of coordinates from the transforms of their parameters.

    Parameters
    ----------
    kinds : sequence of str
        Stan's constraint of each coordinate's parameter, as stanc names it.
    """
    compact = {"LowerUpper", "Simplex", "Correlation", "CholeskyCorr", "StochasticRow"}
    compact |= {"StochasticColumn", "UnitVector"}
    below = tuple(k in compact or k in {"Lower", "PositiveOrdered"} for k in kinds)
    # Stan maps x = U - exp(q): the edge of an upper bound lies at -inf as well
    below = tuple(b or k == "Upper" for b, k in zip(below, kinds, strict=True))
    alone = tuple(k in {"Lower", "Upper", "LowerUpper", "PositiveOrdered"} for k in kinds)
    return Edges(below, tuple(k in compact for k in kinds), alone)


def pulled_back(function: Function, start: np.ndarray, edges: Edges) -> np.ndarray:
    """Return a start away from the edges: a search that ran to one ends where numbers overflow."""
    low = np.where(edges.below, -_PULLED, -np.inf)
    high = np.where(edges.above, _PULLED, np.inf)
    nearer = np.clip(start, low, high)
    return nearer if np.isfinite(function(nearer)[0]) else start


def collapse(function: Function, found: Climb, edges: Edges) -> np.ndarray | None:
    """Return the direction to an edge towards which the value grows without bound.

    Towards an ordinary edge the value levels off; a density that grows without bound rises in
    proportion to the logarithm of the scale that collapses, and goes on to rise beyond the point
    reached once the other coordinates have followed.
    """
    for i in np.flatnonzero(np.abs(found.q) > _COLLAPSED):
        outward = np.zeros(found.q.size)
        outward[i] = np.sign(found.q[i])
        if not (edges.alone[i] and edges.reached(int(i), outward[i])):
            continue
        quarter, half = (found.value - _shrunk(function, found.q, int(i), by) for by in (0.75, 0.5))
        evenly = half > _SPIKE and quarter > _EVENLY * half
        if evenly and _rises_beyond(function, found, int(i), outward):
            return outward
    return None


def _rises_beyond(function: Function, found: Climb, i: int, outward: np.ndarray) -> bool:
    beyond = found.q + 2 * outward
    others = [j for j in range(found.q.size) if j != i]
    rest = restricted(function, beyond, others)
    if not np.isfinite(rest(beyond[others])[0]):
        return False
    return climb(rest, beyond[others]).value > found.value + 1


def _shrunk(function: Function, q: np.ndarray, i: int, by: float) -> float:
    back = q.copy()
    back[i] *= by
    return function(back)[0]
