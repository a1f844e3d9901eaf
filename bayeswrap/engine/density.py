"""The log density of a program on its data, as a protocol: what any in-process engine offers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

__all__ = [
    "Density",
    "stan_spelling",
]


class Density(Protocol):
    """A log density over unconstrained coordinates, with its transforms.

    Positions are vectors of length `dimension` on Stan's unconstrained scale.
    """

    @property
    def dimension(self) -> int:
        """Number of unconstrained coordinates."""

    @property
    def coordinates(self) -> tuple[str, ...]:
        """Names of the unconstrained coordinates, ``beta[1]``."""

    def names(self, *, derived: bool = False) -> tuple[str, ...]:
        """Names of the declared scalars, in Stan's spelling and CSV order."""

    def evaluate(self, q: np.ndarray) -> tuple[float, np.ndarray]:
        """Return log density with Jacobian (nats) and its gradient; -inf outside the support."""

    def value(self, q: np.ndarray) -> float:
        """Return log density with Jacobian (nats) alone; -inf outside the support."""

    def constrain(self, q: np.ndarray, *, derived: bool = False, seed: int = 1) -> np.ndarray:
        """Map a position to the declared scalars (and derived quantities on request)."""

    def unconstrain(self, values: Mapping[str, np.ndarray]) -> np.ndarray:
        """Map parameter values by variable name to a position."""

    def unconstrain_scalars(self, values: np.ndarray) -> np.ndarray:
        """Map declared scalars, in the order of `names`, to a position; NaN where Stan refuses."""


def stan_spelling(name: str) -> str:
    """Write a name of CmdStan's CSV files as in Stan: indices after dots, tuples after colons.

    Examples
    --------
    >>> stan_spelling("beta.2.1"), stan_spelling("z.real"), stan_spelling("both:2.1")
    ('beta[2,1]', 'z.real', 'both.2[1]')
    """
    return ".".join(_bracketed(part) for part in name.split(":"))


def _bracketed(name: str) -> str:
    head, *rest = name.split(".")
    numbers = [part for part in rest if part.isdigit()]
    words = [part for part in rest if not part.isdigit()]
    indexed = f"{head}[{','.join(numbers)}]" if numbers else head
    return ".".join([indexed, *words])
