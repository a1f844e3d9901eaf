"""`Tails`: what was found of the mass beyond, tail by tail. Imports nothing of this package."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Mass", "Tail", "Tails"]

_REACH = 30.0  # nats below the mode: no sampler comes there


class Mass(enum.Enum):
    """What the mass of a tail is found to be."""

    FINITE = "finite"
    INFINITE = "infinite"
    NOT_DETERMINED = "not determined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """One tail, followed out.

    Attributes
    ----------
    coordinate : str
        Unconstrained coordinate, or ``"a flat direction"``.
    sign : int
        1 towards +infinity of the unconstrained scale, -1 towards -infinity.
    outcome : Mass
        Of the mass beyond.
    exponent : float
        a, where the mass at distance t falls as t to the power -a; nan where it is not known, and
        a bound from below where the height alone decides.
    depth : float
        Nats that must be crossed downwards from the centre before the tail is reached.
    end : str
        What lies there, in words.
    """

    coordinate: str
    sign: int
    outcome: Mass
    exponent: float
    depth: float
    end: str

    @property
    def reachable(self) -> bool:
        """Whether a sampler can come there."""
        return bool(self.depth < _REACH)

    @property
    def sentence(self) -> str:
        """What was found, in one sentence."""
        towards = f"{self.coordinate} towards {self.end}"
        if self.outcome is Mass.FINITE:
            return f"The mass is finite along {towards}."
        if self.outcome is Mass.NOT_DETERMINED:
            return f"It could not be determined whether the mass is finite along {towards}."
        far = "" if self.reachable else f", {self.depth:.0f} nats down, where no sampler comes"
        return f"The mass is infinite along {towards}{far}."


@dataclass(frozen=True, slots=True)
class Tails:
    """All tails that were followed."""

    tails: tuple[Tail, ...]

    def __iter__(self) -> Iterator[Tail]:
        """Iterate over the tails."""
        return iter(self.tails)

    def of(self, outcome: Mass) -> tuple[Tail, ...]:
        """Return the tails with one outcome."""
        return tuple(t for t in self.tails if t.outcome is outcome)

    @property
    def improper(self) -> bool:
        """Whether the mass of some tail within reach is infinite."""
        return any(t.reachable for t in self.of(Mass.INFINITE))

    @property
    def sentence(self) -> str:
        """What was found, the infinite tails first; empty where every tail is finite."""
        if self.improper:
            told = dict.fromkeys(t.sentence for t in self.of(Mass.INFINITE) if t.reachable)
            return f"The posterior is improper: it cannot be normalised. {' '.join(told)}"
        rest = (*self.of(Mass.INFINITE), *self.of(Mass.NOT_DETERMINED))
        return " ".join(t.sentence for t in rest)
