"""`Questions`: what is asked of the density within a budget, and what was left open."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from bayeswrap.budget import Budget
from bayeswrap.errors import OutOfTimeError
from bayeswrap.progress import task

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "Questions",
]

_T = TypeVar("_T")


@dataclass(slots=True)
class Questions:
    """Asks one question after the other, as long as the seconds last.

    Attributes
    ----------
    budget : Budget
        What all of them may take together.
    unanswered : list of str
        What was left open, in words.

    Examples
    --------
    >>> spent = Questions(Budget.of(0))
    >>> spent.ask("whether the mass is finite", lambda: True, None)
    >>> spent.unanswered
    ['whether the mass is finite']
    """

    budget: Budget = field(default_factory=Budget)
    unanswered: list[str] = field(default_factory=list)

    def ask(
        self, about: str, question: Callable[[], _T], otherwise: _T, *, share: float = 1.0
    ) -> _T:
        """Return the answer, or `otherwise` where it did not come in a share of what is left."""
        try:
            with self.budget.share(share).in_force() as limit:
                if not limit.spent:
                    with task(f"checking {about}"):
                        return question()
        except OutOfTimeError:
            pass
        self.unanswered.append(about)
        return otherwise
