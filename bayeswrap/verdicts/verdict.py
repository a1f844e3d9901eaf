"""The verdict of a comparison: what is missing, what is recommended, which flags stand."""

from __future__ import annotations

from dataclasses import dataclass

from bayeswrap.verdicts.check import Check, Outcome

__all__ = [
    "Missing",
    "Verdict",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """An estimate that does not exist or was not found.

    Attributes
    ----------
    title : str
        Which one.
    reason, advice : str
        Why not, and what to do.
    """

    title: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether the point estimate can stand in for the posterior.

    Attributes
    ----------
    summary : str
        One to three plain sentences.
    checks : tuple of Check
        The evidence.
    point_is_enough : bool or None
        True: the mode with its spread can be reported. None: not determined.
    """

    summary: str
    checks: tuple[Check, ...]
    point_is_enough: bool | None

    @property
    def flags(self) -> frozenset[str]:
        """The codes of the checks that failed."""
        return frozenset(c.code for c in self.checks if c.outcome is Outcome.FAILED)

    def __str__(self) -> str:
        return self.summary
