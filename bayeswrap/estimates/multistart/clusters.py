"""The ends of a search: clustered into modes, ranked, merged and counted."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.multistart.heights import is_as_high
from bayeswrap.estimates.multistart.label_switching import is_relabelling
from bayeswrap.estimates.numerics.functions import SAME_HEIGHT, same_value
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
    "with_boundaries_merged",
    "without_relabellings",
]


INSIDE = 1.5  # standard errors: an end this close to a verified mode belongs to it
_IDENTICAL = 1e-2  # standard errors, or relative where there are none
_SAME_VALUE = 1e-4  # of a declared scalar, relative and absolute: one point of the boundary
_ON_ITS_WAY = 1e-3  # of log density: an end this far below a boundary may still be climbing to it
_ARRIVED = 0.1  # standard errors of the coordinates that have not run to an edge
_OUT_THERE = 60.0 * 5  # an end at 5 log units towards an edge at 60
# lower is reported first
_RANK_WHERE_NONE_CONVERGED = {Status.AT_INFINITY: 1, Status.SADDLE: 2, Status.NOT_CONVERGED: 3}


@dataclass
class Cluster:
    """The ends that are one point, and the number of starts that led there."""

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
        """Return whether two ends that are no modes lie on one plateau or ridge."""
        if self.optimum.status.is_estimate or other.status.is_estimate:
            return False
        return same_value(other.value, self.optimum.value, SAME_HEIGHT)

    def holds(self, q: np.ndarray) -> bool:
        """Return whether a point is too close to this end to lead to another one."""
        return self._gap(q) < INSIDE

    def is_reached(self, value: float, q: np.ndarray) -> bool:
        """Return whether a climb that stops early came to this end, or to its height at an edge."""
        if self.optimum.status is Status.CONVERGED:
            return self.holds(q)
        return is_as_high(value, self.optimum.value)

    def leads_here(self, value: float, q: np.ndarray) -> bool:
        """Return whether an end is still on its way to this point of the boundary.

        What runs to an edge does not count: it stops anywhere.
        """
        mine = self.optimum
        if mine.status is not Status.BOUNDARY or not mine.root.size:
            return False
        below = mine.value - value
        settled = 0 <= below + SAME_HEIGHT < _ON_ITS_WAY and self.distance(q) < _ARRIVED
        return settled and all(q[i] * mine.q[i] > _OUT_THERE for i in mine.excluded)

    def is_the_same(self, other: Optimum) -> bool:
        """Return whether another search came to this end."""
        mine = self.optimum
        if not mine.status.is_estimate:
            return mine.status is other.status
        if mine.status is not other.status:
            return False
        if mine.status is Status.CONVERGED:
            return self._gap(other.q) < _IDENTICAL
        apart = np.delete(mine.q - other.q, mine.excluded)
        near = np.abs(apart) <= _IDENTICAL * (1e-2 + np.delete(np.abs(mine.q), mine.excluded))
        level = same_value(mine.value, other.value, SAME_HEIGHT)
        return bool(level and mine.excluded == other.excluded and near.all())

    def _gap(self, q: np.ndarray) -> float:
        if self.optimum.status is not Status.CONVERGED:
            return np.inf
        return self.distance(q)

    def distance(self, q: np.ndarray) -> float:
        """Return how far a position is, in standard errors."""
        return float(np.linalg.norm(self.inverse @ (q - self.optimum.q)))


def ranked(clusters: Iterable[Cluster]) -> list[Cluster]:
    """Sort modes by height, then the other ends by their status: a spike is never the best mode."""

    def rank(cluster: Cluster) -> tuple[bool, int, float]:
        status = cluster.optimum.status
        return (
            not status.is_estimate,
            _RANK_WHERE_NONE_CONVERGED.get(status, 0),
            -cluster.optimum.value,
        )

    return sorted(clusters, key=rank)


def with_boundaries_merged(reduced: ReducedProblem, clusters: list[Cluster]) -> list[Cluster]:
    """Merge ends that are one point of the declared scale, on the boundary of the support.

    A coordinate that runs to the end of its transform stops anywhere: p = 1e-40 and p = 1e-50 are
    one maximum at p = 0, and so is an end that was still on its way there.
    """
    kept: list[Cluster] = []
    for cluster in clusters:
        home = next(
            (k for k in kept if _is_one_boundary(reduced, k.optimum, cluster.optimum)), None
        )
        if home is None:
            kept.append(cluster)
        else:
            home.hits += cluster.hits
    return kept


def _is_one_boundary(reduced: ReducedProblem, mode: Optimum, other: Optimum) -> bool:
    on_its_way = other.status in {Status.BOUNDARY, Status.NOT_CONVERGED}
    if mode.status is not Status.BOUNDARY or not on_its_way:
        return False
    if abs(mode.value - other.value) > _ON_ITS_WAY:
        return False
    coordinates = reduced.problem.coordinates
    here, there = (coordinates.constrain(reduced.whole(one.q)) for one in (mode, other))
    return bool(np.allclose(here, there, rtol=_SAME_VALUE, atol=_SAME_VALUE))


def without_relabellings(reduced: ReducedProblem, clusters: list[Cluster]) -> list[Cluster]:
    """Merge modes that are one with its labels permuted."""
    kept: list[Cluster] = []
    for cluster in clusters:
        twin = next((k for k in kept if _is_twin(reduced, k.optimum, cluster.optimum)), None)
        if twin is None:
            kept.append(cluster)
        else:
            twin.hits += cluster.hits
            twin.labellings += 1 + cluster.labellings
    return kept


def _is_twin(reduced: ReducedProblem, mode: Optimum, other: Optimum) -> bool:
    if not (mode.status.is_estimate and mode.status is other.status):
        return False
    if not same_value(mode.value, other.value, SAME_HEIGHT):
        return False
    return is_relabelling(reduced.problem, reduced.whole(mode.q), reduced.whole(other.q))


def census_of(reduced: ReducedProblem, clusters: list[Cluster], starts: int, failed: int) -> Census:
    """Take stock of ranked ends, with all constants in their log densities."""
    problem = reduced.problem
    coordinates = problem.coordinates
    parts = replace(problem.weights, normalized=True)
    whole = problem.density.objective(parts, jacobian=problem.jacobian)
    basins = []
    for cluster in clusters:
        q, status = reduced.whole(cluster.optimum.q), cluster.optimum.status
        endless = status is Status.UNBOUNDED
        basins.append(
            Basin(
                status=status,
                log_density=np.inf if endless else whole(q)[0],
                hits=cluster.hits,
                distance=clusters[0].distance(cluster.optimum.q) if status.is_estimate else np.nan,
                relabelled=cluster.labellings,
                values=coordinates.constrain(q),
                log_mass=_log_mass(reduced, cluster.optimum),
            )
        )
    return Census(
        names=coordinates.layout.names,
        basins=tuple(basins),
        starts=starts,
        failed=failed,
        labels=problem.labels,
    )


def _log_mass(reduced: ReducedProblem, optimum: Optimum) -> float:
    """Return the log of the Laplace approximation of a mode's mass, up to a constant."""
    root, problem = optimum.root, reduced.problem
    if optimum.status is not Status.CONVERGED or root.shape[0] != root.shape[1]:
        return np.nan
    # the curvature is that of the unconstrained scale: there the density has the Jacobian
    jacobian = (
        0.0
        if problem.jacobian
        else problem.density.transforms.evaluate(reduced.whole(optimum.q))[0]
    )
    return float(optimum.value + jacobian + np.linalg.slogdet(root)[1])
