"""The log density of a program on its data, as a protocol: what any in-process engine offers."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

__all__ = [
    "Density",
    "look_ahead",
    "names_by_position",
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


def look_ahead(density: Any, points: Sequence[np.ndarray]) -> None:  # noqa: ANN401 - see below
    """Announce positions to a density, which may evaluate many of them faster at once.

    Parameters
    ----------
    density : Density or callable
        One without a method of this name needs no notice.
    points : sequence of (dimension,) array
        Positions.
    """
    announced = getattr(density, "look_ahead", None)
    if announced is not None:
        announced(points)


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


def names_by_position(names: Sequence[str], array_ranks: Mapping[str, int]) -> tuple[str, ...]:
    """Return the names of coordinates in the order of the coordinates.

    Stan lists the names of an array with the first index fastest. The coordinates of an array lie
    element by element, the last index of the array fastest.

    Parameters
    ----------
    names : sequence of str
        As Stan lists them, in Stan's spelling.
    array_ranks : mapping of str to int
        How many indices choose an element of an array, by variable.

    Examples
    --------
    >>> names_by_position(["v[1,1]", "v[2,1]", "v[1,2]", "v[2,2]"], {"v": 1})
    ('v[1,1]', 'v[1,2]', 'v[2,1]', 'v[2,2]')
    """
    ordered = list[str]()
    for variable, group in itertools.groupby(names, key=lambda name: name.split("[")[0]):
        members, rank = list(group), array_ranks.get(variable, 0)
        places = [tuple(int(i) for i in re.findall(r"\d+", m.partition("[")[2])) for m in members]
        if rank and len({len(place) for place in places}) == 1 and len(places[0]) > 1:
            # within an element, a matrix lies by columns
            ranks = {m: (*p[:rank], *p[rank:][::-1]) for m, p in zip(members, places, strict=True)}
            members.sort(key=ranks.__getitem__)
        ordered += members
    return tuple(ordered)
