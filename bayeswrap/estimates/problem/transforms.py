"""`Transforms`: the maps between positions and declared values, and the log Jacobian.

They need the parameters block and the few data that it reads. Transformed parameters and generated
quantities need the whole program.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.engine.density import look_ahead

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from bayeswrap.engine.density import Density

__all__ = [
    "Transforms",
]


@dataclass(frozen=True, slots=True, eq=False)
class Transforms:
    """A density of no part at all (see `bayeswrap.engine.density.Density`).

    Parameters
    ----------
    log_jacobian : Density
        Of no part.
    parameters : Density
        Of the program of the parameters block.
    whole : Density
        Of the whole program, for derived quantities.
    """

    log_jacobian: Density
    parameters: Density
    whole: Density

    @property
    def dimension(self) -> int:
        """Number of unconstrained coordinates."""
        return self.parameters.dimension

    @property
    def coordinates(self) -> tuple[str, ...]:
        """Names of the unconstrained coordinates, ``beta[1]``."""
        return self.parameters.coordinates

    def names(self, *, derived: bool = False) -> tuple[str, ...]:
        """Names of the declared scalars, in Stan's spelling and CSV order."""
        return self.whole.names(derived=True) if derived else self.parameters.names()

    def look_ahead(self, points: Sequence[np.ndarray]) -> None:
        """Announce the positions of later evaluations."""
        look_ahead(self.log_jacobian, points)

    def evaluate(self, q: np.ndarray) -> tuple[float, np.ndarray]:
        """Return the log Jacobian (nats) and its gradient; -inf outside the support."""
        return self.log_jacobian.evaluate(q)

    def value(self, q: np.ndarray) -> float:
        """Return the log Jacobian (nats) alone; -inf outside the support."""
        return self.log_jacobian.value(q)

    def constrain(self, q: np.ndarray, *, derived: bool = False, seed: int = 1) -> np.ndarray:
        """Map a position to the declared scalars (and derived quantities on request)."""
        if derived:
            return self.whole.constrain(q, derived=True, seed=seed)
        return self.parameters.constrain(q)

    def unconstrain(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """Map parameter values by variable name to a position."""
        return self.parameters.unconstrain(values)

    def unconstrain_scalars(self, values: np.ndarray) -> np.ndarray:
        """Map declared scalars, in the order of `names`, to a position; NaN where Stan refuses."""
        return self.parameters.unconstrain_scalars(values)
