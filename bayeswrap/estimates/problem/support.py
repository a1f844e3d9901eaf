"""Finite edges of the support, seen from the unconstrained scale, where they lie at infinity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.program.syntax.constraints import constraint_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "SupportEdges",
    "support_edges",
]


@dataclass(frozen=True, slots=True)
class SupportEdges:
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
        """Return whether coordinate `i` ends on a finite edge in a direction."""
        return (self.below if sign < 0 else self.above)[i]

    def of(self, mask: np.ndarray) -> SupportEdges:
        """Return the edges of the coordinates that a mask chooses."""
        kept = np.flatnonzero(mask)
        below, above, alone = (
            tuple(side[i] for i in kept) for side in (self.below, self.above, self.alone)
        )
        return SupportEdges(below, above, alone)


def support_edges(kinds: Sequence[str]) -> SupportEdges:
    """Return the edges of coordinates from the transforms of their parameters.

    Parameters
    ----------
    kinds : sequence of str
        Stan's constraint of each coordinate's parameter, as stanc names it.
    """
    constraints = [constraint_of(kind) for kind in kinds]
    return SupportEdges(
        below=tuple(c.edge_below for c in constraints),
        above=tuple(c.edge_above for c in constraints),
        alone=tuple(c.edge_of_one for c in constraints),
    )
