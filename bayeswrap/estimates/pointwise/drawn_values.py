"""`DrawnValues`: what log densities and containers need of draws, by whatever method."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from bayeswrap.estimates.problem.layout import Layout
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.program.program import Program
    from bayeswrap.record import RunRecord

__all__ = [
    "DrawnValues",
]


@runtime_checkable
class DrawnValues(Protocol):
    """Draws of all declared scalars (see `bayeswrap.estimates.posterior.draws.Draws`)."""

    @property
    def layout(self) -> Layout:
        """Names and shapes of the scalars."""

    @property
    def draws(self) -> np.ndarray:
        """(chains, draws, n) array on the declared scale."""

    @property
    def method_names(self) -> tuple[str, ...]:
        """The method's own columns."""

    @property
    def method_draws(self) -> np.ndarray:
        """Those columns."""

    @property
    def record(self) -> RunRecord:
        """What they were made from."""

    @property
    def labels(self) -> Mapping[str, str]:
        """The data frame's own names for some scalars."""

    @property
    def problem(self) -> Problem | None:
        """What was asked."""

    @property
    def program(self) -> Program:
        """The program that was estimated."""

    @property
    def distribution(self) -> str:
        """ArviZ's name of what the draws are of."""
