"""`Tails`: whether the mass of each tail is finite."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.thresholds import TAIL_REACHABLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "Mass",
    "Tail",
    "Tails",
]


_NAMED = 3  # ways that a sentence names


class Mass(enum.Enum):
    """Whether the mass of a tail is finite."""

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
        return bool(self.depth < TAIL_REACHABLE.value)


@dataclass(frozen=True, slots=True)
class Tails:
    """The tails that no prior bounds."""

    tails: tuple[Tail, ...]

    def __iter__(self) -> Iterator[Tail]:
        """Iterate over the tails."""
        return iter(self.tails)

    def of(self, outcome: Mass) -> tuple[Tail, ...]:
        """Return the tails with one outcome."""
        return tuple(t for t in self.tails if t.outcome is outcome)

    @property
    def proof(self) -> tuple[Tail, ...]:
        """The tails of infinite mass that a sampler can come to."""
        return tuple(t for t in self.of(Mass.INFINITE) if t.reachable)

    @property
    def improper(self) -> bool:
        """Whether the mass of some tail within reach is infinite."""
        return bool(self.proof)

    @property
    def sentence(self) -> str:
        """The result in words; empty where every tail is finite."""
        if self.improper:
            where = _tails_wording(self.proof)
            return f"the posterior is improper; its mass is infinite along {where}"
        unreached, unknown = self.of(Mass.INFINITE), self.of(Mass.NOT_DETERMINED)
        clauses = []
        if unreached:
            clauses.append(
                f"the mass is infinite along {_tails_wording(unreached)}, which no sampler reaches"
            )
        if unknown:
            clauses.append(
                f"it is not determined whether the mass is finite along {_tails_wording(unknown)}"
            )
        return "; ".join(clauses)


def _tails_wording(tails: Sequence[Tail]) -> str:
    ways = list(dict.fromkeys(f"{t.coordinate} towards {t.end}" for t in tails))
    more = f" and {len(ways) - _NAMED} more" if len(ways) > _NAMED else ""
    return ", ".join(ways[:_NAMED]) + more
