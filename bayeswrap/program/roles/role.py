"""The roles of a statement, and the statement with its role."""

from __future__ import annotations

import enum
from dataclasses import dataclass

__all__ = [
    "POSSIBLE_LIKELIHOOD",
    "Role",
    "TargetStatement",
]


class Role(enum.StrEnum):
    """What a statement that touches ``target`` is."""

    LIKELIHOOD = "likelihood"
    PRIOR = "prior"
    POPULATION = "population"
    ADJUSTMENT = "adjustment"
    UNDECIDED = "undecided"


# what is, or may be, a likelihood
POSSIBLE_LIKELIHOOD = frozenset({Role.LIKELIHOOD, Role.UNDECIDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetStatement:
    """A statement that touches ``target``, or a term of its sum, with its role."""

    line: int
    column: int
    text: str
    role: Role
    sure: bool
    why: str
    is_latent: bool = False
    """Whether the question, where there is one, is between prior and population."""
    outcome: frozenset[str] = frozenset()
    """Parameters in the outcome."""
    parents: frozenset[str] = frozenset()
    """Parameters in the distribution."""
    position: int = 0
    """Of the statement among those that touch ``target``."""
    summands: tuple[int, ...] = ()
    """Positions of the terms in the statement's sum; empty for a whole statement."""
    data: frozenset[str] = frozenset()
    """Data in the outcome."""
    hyper: frozenset[str] = frozenset()
    """Data in the distribution."""
    file: str = ""
    """The included file that it stands in, or the program's own; empty without includes."""
    whole_line: int = 0
    """Line in the text with included files in place."""
    dead: bool = False
    """Whether it never runs with the data at hand."""

    @property
    def alternative(self) -> Role:
        """What it may be besides a prior, where it is asked."""
        return Role.POPULATION if self.is_latent else Role.LIKELIHOOD
