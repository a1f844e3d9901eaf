"""A budget of evaluations for a density whose tails are followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EstimationError

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "BudgetSpentError",
    "EvaluationBudget",
]


class BudgetSpentError(EstimationError):
    """What a walk was allowed to spend is spent: whoever sent it takes it as undecided."""


@dataclass(slots=True)
class EvaluationBudget:
    """A function that may be evaluated so many times."""

    function: Function
    budget: int
    spent: int = 0
    limit: float = np.inf

    def allow(self, share: float, at_least: int = 0) -> None:
        """Set a share of what is left aside for what comes next, or some evaluations."""
        self.limit = self.spent + max(share * (self.budget - self.spent), at_least)

    def __call__(self, q: np.ndarray) -> tuple[float, np.ndarray]:
        """Return value and gradient.

        Raises
        ------
        BudgetSpentError
            No evaluation is left.
        """
        if self.spent >= min(self.budget, self.limit):
            raise BudgetSpentError("no evaluation of the density is left")
        self.spent += 1
        return self.function(q)
