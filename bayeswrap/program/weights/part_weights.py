"""Weights of likelihood, prior and population: which parts of a log density are on."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = [
    "WEIGHTED",
    "PartWeights",
]


# the roles that have a weight
WEIGHTED = ("prior", "population", "likelihood")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartWeights:
    """How much each part of the program counts.

    Parameters
    ----------
    prior, population, likelihood : float
        Power to which the densities of that role are raised: 1 leaves them as they are, 0 takes
        them out.
    normalized : bool
        Whether densities carry all their constants.
    """

    prior: float = 1.0
    population: float = 1.0
    likelihood: float = 1.0
    normalized: bool = False
