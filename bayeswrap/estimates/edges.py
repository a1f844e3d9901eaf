"""Finite edges of the support, seen from the unconstrained scale, where they lie at infinity.

Imports `optimum`, for its types.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.optimum import Climb, Function

__all__ = ["Edges", "collapse", "edges_of", "pulled_back"]

_PULLED = 40.0  # exp(-40) of a scale is smaller than the noise of any data
_COLLAPSED, _SPIKE, _EVENLY = 12.0, 10.0, 0.2  # log units of a scale; nats; share of them


@dataclass(frozen=True, slots=True)
class Edges:
    """Which unconstrained coordinates lead to a finite edge of the support at -inf and +inf."""

    below: tuple[bool, ...]
    above: tuple[bool, ...]

    def reached(self, i: int, sign: float) -> bool:
        """Tell whether coordinate `i` ends on a finite edge in a direction."""
        return (self.below if sign < 0 else self.above)[i]

    def of(self, chosen: np.ndarray) -> Edges:
        """Return the edges of some coordinates, by a mask."""
        pairs = zip(self.below, self.above, chosen, strict=True)
        kept = [(b, a) for b, a, keep in pairs if keep]
        return Edges(tuple(b for b, _ in kept), tuple(a for _, a in kept))


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
    return Edges(below, tuple(k in compact for k in kinds))


def pulled_back(function: Function, start: np.ndarray, edges: Edges) -> np.ndarray:
    """Return a start away from the edges: a search that ran to one ends where numbers overflow."""
    low = np.where(edges.below, -_PULLED, -np.inf)
    high = np.where(edges.above, _PULLED, np.inf)
    nearer = np.clip(start, low, high)
    return nearer if np.isfinite(function(nearer)[0]) else start


def collapse(function: Function, found: Climb, edges: Edges) -> np.ndarray | None:
    """Return the direction to an edge to which the value owes many nats, evenly all the way.

    Towards an ordinary edge the value levels off; a density that grows without bound rises in
    proportion to the logarithm of the scale that collapses.
    """
    for i in np.flatnonzero(np.abs(found.q) > _COLLAPSED):
        if not edges.reached(int(i), found.q[i]):
            continue
        quarter, half = (found.value - _shrunk(function, found.q, int(i), by) for by in (0.75, 0.5))
        if half > _SPIKE and quarter > _EVENLY * half:
            outward = np.zeros(found.q.size)
            outward[i] = np.sign(found.q[i])
            return outward
    return None


def _shrunk(function: Function, q: np.ndarray, i: int, by: float) -> float:
    back = q.copy()
    back[i] *= by
    return function(back)[0]
