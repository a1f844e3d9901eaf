"""An optimum on the unconstrained scale: position, value, kind and curvature."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import DIRECTION_PART

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "Optimum",
]


_EDGE = 60.0  # log units: no digit of a scalar shows how far its edge is


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """A point with its verified status and curvature.

    Attributes
    ----------
    q : (dimension,) array
        Unconstrained position.
    value : float
        Objective there, nats.
    status : Status
        What kind of point it is.
    root : (dimension, k) array
        T with covariance T T'; rows of zeros for coordinates without curvature.
    decrement : float
        Newton decrement, in standard errors.
    condition : float
        Condition number of the information matrix scaled to a unit diagonal.
    hessian_error : float
        Bound on the relative error of the Hessian: difference between two step sizes.
    contradicted_at : (dimension,) array or None
        Where the gradient called a maximum what the values do not; None where they agree.
    excluded : tuple of int
        Coordinates without curvature (on an edge or a kink).
    direction : (dimension,) array
        The direction along which there is no maximum, where that is the status.
    free : tuple of int
        Coordinates that have no effect where the others stand on their edge.
    """

    q: np.ndarray
    value: float
    status: Status
    root: np.ndarray
    decrement: float
    condition: float
    hessian_error: float = 0.0
    contradicted_at: np.ndarray | None = None
    excluded: tuple[int, ...] = ()
    direction: np.ndarray | None = None
    free: tuple[int, ...] = ()

    def __repr__(self) -> str:
        height = f"{self.value:.6g} nats at {self.q.size} coordinates"
        return f"Optimum: {height}, {self.status.name.lower()}, decrement {self.decrement:.1e}"

    @property
    def at_limit(self) -> np.ndarray:
        """The position with the coordinates on an edge so far out that rounding makes it the edge.

        There the density may not be computable.
        """
        q = self.q.copy()
        if self.status is Status.BOUNDARY:
            out = list(self.excluded)
            q[out] = np.where(q[out] < 0, np.minimum(q[out], -_EDGE), np.maximum(q[out], _EDGE))
        return q

    def embedded(self, free: np.ndarray, base: np.ndarray) -> Optimum:
        """Return the optimum of some coordinates as one of all, with the others where they stood.

        Parameters
        ----------
        free : (k,) array of int
            The coordinates of this optimum among all.
        base : (dimension,) array
            A position of all coordinates.
        """
        if free.size == base.size:
            return self
        q, root = base.copy(), np.zeros((base.size, self.root.shape[1]))
        q[free], root[free] = self.q, self.root
        direction = None
        if self.direction is not None:
            direction = np.zeros(base.size)
            direction[free] = self.direction
        contradicted_at = None
        if self.contradicted_at is not None:
            contradicted_at = base.copy()
            contradicted_at[free] = self.contradicted_at
        return replace(
            self,
            q=q,
            root=root,
            direction=direction,
            excluded=tuple(int(free[i]) for i in self.excluded),
            free=tuple(int(free[i]) for i in self.free),
            contradicted_at=contradicted_at,
        )

    def followers(self, rest: Sequence[int]) -> list[int]:
        """Return the coordinates that may move around this optimum, by their number among all.

        Parameters
        ----------
        rest : sequence of int
            The coordinates of this optimum among all.
        """
        still = {*self.excluded, *self.free}
        return [i for k, i in enumerate(rest) if k not in still]

    def moving(self, names: Sequence[str]) -> dict[str, float]:
        """Return the coordinates that move along the direction without a maximum.

        Parameters
        ----------
        names : sequence of str
            Of all coordinates.

        Returns
        -------
        dict of str to float
            By name the part of the direction, the largest being 1 or -1; small parts are left
            out. Empty where there is no such direction.
        """
        direction = self.direction
        if direction is None or not np.isfinite(direction).all() or not direction.any():
            return {}
        parts = direction / np.abs(direction).max()
        pairs = zip(names, parts.tolist(), strict=True)
        return {name: part for name, part in pairs if abs(part) > DIRECTION_PART.value}
