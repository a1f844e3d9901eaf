"""One attempt of an automatic approximation: its method, and whether it was adequate."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "Attempt",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One method that was tried between the cheapest approximation and NUTS.

    Attributes
    ----------
    method : str
        ``"laplace"``, ``"psis"``, ``"pathfinder"`` or ``"nuts"``.
    good : bool
        Whether its result was adequate.
    reason : str
        Why, or why not.
    seconds : float
        Wall time; 0 where nothing was run.
    """

    method: str
    good: bool
    reason: str
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.method}: {self.reason}"
