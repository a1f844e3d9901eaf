"""What the climbs of a search came to: ends told apart, ranked, merged and counted."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.multistart.label_switching import is_relabelling
from bayeswrap.estimates.results.census import Basin, Census
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bayeswrap.estimates.optimization.reduced_problem import ReducedProblem
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "INSIDE",
    "Cluster",
    "census_of",
    "ranked",
    "without_relabellings",
]


INSIDE = 1.5  # standard errors: an end this close to a verified mode belongs to it
_IDENTICAL = 1e-2
_LEVEL = 1e-6  # relative: plateaus and edges of one height are one
_TOLD = {Status.AT_INFINITY: 1, Status.SADDLE: 2, Status.NOT_CONVERGED: 3}


@dataclass
class Cluster:
    """An end that was climbed to, and the starts that led there."""

    optimum: Optimum
    hits: int
    labellings: int = 0

    @functools.cached_property
    def inverse(self) -> np.ndarray:
        """From a step to standard errors."""
        return np.asarray(np.linalg.pinv(self.optimum.root, rcond=1e-300))

    def take(self, optimum: Optimum) -> None:
        """Keep the highest point of what is no mode."""
        if not self.optimum.status.is_estimate and optimum.value > self.optimum.value:
            self.optimum = replace(optimum, status=self.optimum.status)

    def is_as_high(self, other: Optimum) -> bool:
        """Tell whether two ends that are no modes lie on one plateau or ridge."""
        if self.optimum.status.is_estimate or other.status.is_estimate:
            return False
        gap = abs(self.optimum.value - other.value)
        return bool(gap <= _LEVEL * (1 + abs(other.value)))

    def holds(self, q: np.ndarray) -> bool:
        """Tell whether a point is too close to this end to lead to another one."""
        return self._gap(q) < INSIDE

    def is_the_same(self, other: Optimum) -> bool:
        """Tell whether another search came to this end."""
        mine = self.optimum
        if not mine.status.is_estimate:
            return mine.status is other.status
        if mine.status is not other.status:
            return False
        if mine.status is Status.CONVERGED:
            return self._gap(other.q) < _IDENTICAL
        apart = np.delete(mine.q - other.q, mine.excluded)
        near = np.abs(apart) <= _IDENTICAL * (1e-2 + np.delete(np.abs(mine.q), mine.excluded))
        level = abs(mine.value - other.value) <= _LEVEL * (1 + abs(mine.value))
        return bool(level and mine.excluded == other.excluded and near.all())

    def _gap(self, q: np.ndarray) -> float:
        if self.optimum.status is not Status.CONVERGED:
            return np.inf
        return self.distance(q)

    def distance(self, q: np.ndarray) -> float:
        """Return how far a position is, in standard errors."""
        return float(np.linalg.norm(self.inverse @ (q - self.optimum.q)))


def ranked(found: Iterable[Cluster]) -> list[Cluster]:
    """Sort modes by height, then the rest by what is known of them: a spike is never the winner."""

    def rank(one: Cluster) -> tuple[bool, int, float]:
        status = one.optimum.status
        return not status.is_estimate, _TOLD.get(status, 0), -one.optimum.value

    return sorted(found, key=rank)


def without_relabellings(reduced: ReducedProblem, found: list[Cluster]) -> list[Cluster]:
    """Merge modes that are one with its labels permuted."""
    kept: list[Cluster] = []
    for one in found:
        twin = next((k for k in kept if _is_twin(reduced, k.optimum, one.optimum)), None)
        if twin is None:
            kept.append(one)
        else:
            twin.hits += one.hits
            twin.labellings += 1 + one.labellings
    return kept


def _is_twin(reduced: ReducedProblem, mode: Optimum, other: Optimum) -> bool:
    if not (mode.status.is_estimate and mode.status is other.status):
        return False
    if abs(mode.value - other.value) > _LEVEL * (1 + abs(mode.value)):
        return False
    return is_relabelling(reduced.problem, reduced.whole(mode.q), reduced.whole(other.q))


def census_of(reduced: ReducedProblem, found: list[Cluster], starts: int, failed: int) -> Census:
    """Take stock of ranked ends, with all constants in their log densities."""
    problem = reduced.problem
    coordinates = problem.coordinates
    parts = replace(problem.weights, normalized=True)
    whole = problem.density.objective(parts, jacobian=problem.jacobian)
    basins = []
    for one in found:
        q, status = reduced.whole(one.optimum.q), one.optimum.status
        endless = status is Status.UNBOUNDED
        basins.append(
            Basin(
                status=status,
                log_density=np.inf if endless else whole(q)[0],
                hits=one.hits,
                distance=found[0].distance(one.optimum.q) if status.is_estimate else np.nan,
                relabelled=one.labellings,
                values=coordinates.constrain(q),
            )
        )
    return Census(
        names=coordinates.layout.names, basins=tuple(basins), starts=starts, failed=failed
    )
