"""A density in coordinates z, q = q0 + T z, in which it is close to -z'z / 2 at its maximum."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import DIFFERENCE_STEP

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "Whitened",
]

_PROBE_DIRECTIONS = 2
_MISMATCH_MAX = 1e-4  # relative to 1 + |value|: more is rounding of the value far out


@dataclass(slots=True)
class Whitened:
    """A log density around its maximum.

    Attributes
    ----------
    function : callable
        Value and gradient on the unconstrained scale.
    centre : (dimension,) array
        The maximum.
    top : float
        Value there, nats.
    root : (dimension, k) array
        T, with -T'HT close to the identity.
    gradients : int
        How many were spent.
    """

    function: Function
    centre: np.ndarray
    top: float
    root: np.ndarray
    gradients: int = field(default=0, init=False)

    @property
    def size(self) -> int:
        """Number of whitened coordinates."""
        return int(self.root.shape[1])

    def position(self, z: np.ndarray) -> np.ndarray:
        """Return the unconstrained position of a whitened one."""
        return np.asarray(self.centre + self.root @ z)

    def at(self, z: np.ndarray) -> tuple[float, np.ndarray]:
        """Return value, relative to the maximum, and gradient; -inf outside the support."""
        self.gradients += 1
        value, gradient = self.function(self.position(z))
        return value - self.top, self.root.T @ gradient

    def is_smooth(self, z: np.ndarray) -> bool:
        """Return whether value and gradient agree: far out, rounding may have eaten the value."""
        rng = np.random.default_rng(0)
        value, slope = self.at(z)
        for _ in range(_PROBE_DIRECTIONS):
            step = DIFFERENCE_STEP * rng.normal(size=self.size)
            ahead, behind = self.at(z + step)[0], self.at(z - step)[0]
            if not abs(ahead - behind - 2 * slope @ step) < _MISMATCH_MAX * (1 + abs(value)):
                return False
        return True

    def hessian(self, z: np.ndarray) -> np.ndarray:
        """Return the Hessian by central differences of gradients: as good as a Newton step asks."""
        steps = DIFFERENCE_STEP * np.eye(self.size)
        columns = [(self.at(z + s)[1] - self.at(z - s)[1]) / (2 * DIFFERENCE_STEP) for s in steps]
        matrix = np.column_stack(columns)
        return np.asarray((matrix + matrix.T) / 2)
