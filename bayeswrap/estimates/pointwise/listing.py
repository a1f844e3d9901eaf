"""`Listing`: a derived program that lists numbers of each observation, on its data."""

from __future__ import annotations

import collections
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.engine.stanli import InProcessDensity, translate
from bayeswrap.errors import EngineError
from bayeswrap.program.syntax.external_functions import for_evaluation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.problem.log_density import ModelDensity
    from bayeswrap.program.listings.listing_program import PointwiseSource
    from bayeswrap.program.listings.stored_statements import ObservationSite

__all__ = [
    "Listing",
    "observation_names",
]


@dataclass(frozen=True, slots=True)
class Listing:
    """The program that lists numbers of the observations, with its data."""

    source: PointwiseSource
    density: ModelDensity
    mir: str
    first: np.ndarray
    """The position at which numbers are counted."""
    count: int
    """How many are listed."""

    @classmethod
    def of(cls, source: PointwiseSource, density: ModelDensity, first: np.ndarray) -> Listing:
        """Count what the program lists at a position.

        Raises
        ------
        EngineError
            The in-process density cannot evaluate the program.
        """
        mir = translate(for_evaluation(source.text), density.name)
        counting = cls(source, density, mir, first, 0)
        return cls(source, density, mir, first, int(counting.generated("count", first)[0]))

    def built(self, *, keys: bool = False) -> InProcessDensity:
        """Return the program on its data, with room for what it lists."""
        data = self.density.data.text(self.source.data(self.count, keys=keys))
        return InProcessDensity(
            mir=self.mir, data=data, name=self.density.name, transforms_alone=True
        )

    def columns(self, built: InProcessDensity, name: str) -> list[int]:
        """Return where one of the quantities ``count``, ``log_lik`` and ``keys`` stands."""
        wanted = f"{self.source.prefix}_{name}"
        names = built.names(derived=True)
        columns = [i for i, n in enumerate(names) if n.split("[", 1)[0] == wanted]
        if not columns:
            raise EngineError(
                "the in-process density cannot list the log likelihood of observations",
                where=self.density.name,
                got="no generated quantities",
                do="declare log_lik in generated quantities, one element an observation",
            )
        return columns

    def generated(self, name: str, q: np.ndarray, *, keys: bool = False) -> np.ndarray:
        """Return one of those quantities at a position."""
        built = self.built(keys=keys)
        return built.constrain(q, derived=True)[self.columns(built, name)]

    def keys(self) -> np.ndarray:
        """Return where each number comes from, (count, 5): the site from 1, then indices."""
        flat = self.generated("keys", self.first, keys=True).astype(int)
        # Stan writes the first index fastest
        return np.asarray(flat.reshape(-1, self.count + 1).T[: self.count])

    def sites(self, keys: np.ndarray) -> list[ObservationSite]:
        """Return the places in the program that keys speak of."""
        return [self.source.sites[key[0] - 1] for key in keys]


def observation_names(sites: Sequence[ObservationSite], keys: np.ndarray) -> tuple[str, ...]:
    """Return a name for each observation, all of them different.

    Parameters
    ----------
    sites : sequence of ObservationSite
        Where each comes from.
    keys : (observations, 5) array of int
        As the listing program stores them.
    """
    names = [_named(site, key[1:]) for site, key in zip(sites, keys, strict=True)]
    return _distinct(names, [site.line for site in sites])


def _named(site: ObservationSite, key: np.ndarray) -> str:
    indices = ",".join(str(i) for i in key[: site.indices])
    return f"{site.name}[{indices}]" if indices else site.name


def _distinct(names: Sequence[str], lines: Sequence[int]) -> tuple[str, ...]:
    """Distinguish observations of one name by their line, and then by their number."""
    often = collections.Counter(names)
    longer = [
        f"{name} (line {line})" if often[name] > 1 and not name.startswith("line ") else name
        for name, line in zip(names, lines, strict=True)
    ]
    often, turns = collections.Counter(longer), collections.Counter[str]()
    unique = []
    for name in longer:
        turns[name] += 1
        unique.append(f"{name}[{turns[name]}]" if often[name] > 1 else name)
    return tuple(unique)
