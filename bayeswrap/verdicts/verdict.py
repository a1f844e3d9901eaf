"""The verdict of a comparison: what is missing, what is recommended, which flags stand."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from bayeswrap.markup import block, sentences, table
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

    def __repr__(self) -> str:
        failed = ", ".join(sorted(self.flags)) or "none"
        enough = {True: "yes", False: "no", None: "not determined"}[self.point_is_enough]
        return f"Verdict: {self.summary}\npoint estimate is enough: {enough}; flags: {failed}"

    def _repr_html_(self) -> str:
        failed = [c for c in self.checks if c.outcome is Outcome.FAILED]
        rows = pd.DataFrame(
            [(c.code, c.evidence) for c in failed], columns=["flag", "evidence"]
        ).set_index("flag")
        return block("Verdict", sentences([self.summary]), table(rows) if failed else "")
