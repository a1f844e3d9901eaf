"""Modes that starts did not reach, climbed to from places that something points to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import DataError, EngineError
from bayeswrap.estimates.multistart.clusters import Cluster, census_of
from bayeswrap.estimates.multistart.label_switching import is_relabelling
from bayeswrap.estimates.numerics.functions import SAME_HEIGHT, same_value
from bayeswrap.estimates.numerics.lbfgs import rough_ascent
from bayeswrap.estimates.optimization.reduced_problem import reduced_problem
from bayeswrap.estimates.optimization.verification import clean_optimum
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.optimization.reduced_problem import ReducedProblem
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.census import Basin, Census
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "farthest",
    "with_further_modes",
]


_STEPS = 100  # of L-BFGS, before Newton
_TOLERANCE = 1e-5  # ends lie well within a standard error of an ordinary mode


def with_further_modes(
    problem: Problem,
    best: Optimum,
    census: Census,
    positions: Sequence[np.ndarray],
    *,
    are_draws: bool,
) -> Census:
    """Climb from some positions; count the modes of a census that they lead to, and add others.

    Parameters
    ----------
    problem : Problem
        What is maximised.
    best : Optimum
        The verified mode that is the estimate.
    census : Census
        What the starts reached.
    positions : sequence of (dimension,) arrays
        Where to climb from.
    are_draws : bool
        Whether these are draws, which mass led there: then the modes count their visits.

    Returns
    -------
    Census
        Its basins with `visits`. Modes that are new have no hits.
    """
    still = np.zeros(best.q.size, dtype=bool)
    reduced = reduced_problem(problem, problem.objective, best.q, still)
    known = _known(reduced, best, census)
    found: list[Cluster] = []
    for position in positions:
        clusters = [*(c for _, c in known), *found]
        home = _home(reduced, position, clusters)
        if home is None:
            continue
        if all(home is not c for c in clusters):
            found.append(home)
        home.hits += are_draws
    visits = {id(basin): cluster.hits for basin, cluster in known}
    old = [replace(b, visits=b.visits + visits.get(id(b), 0)) for b in census.basins]
    fresh = census_of(reduced, [Cluster(best, hits=0), *found], 0, 0).basins[1:]
    new = [replace(b, hits=0, visits=b.hits) for b in fresh]
    modes = sorted((b for b in [*old, *new] if b.is_mode), key=lambda b: -b.log_density)
    return replace(census, basins=(*modes, *(b for b in old if not b.is_mode)))


def _known(reduced: ReducedProblem, best: Optimum, census: Census) -> list[tuple[Basin, Cluster]]:
    """Return the modes of a census with their curvature."""
    layout, transforms = reduced.problem.coordinates.layout, reduced.problem.density.transforms
    clusters = []
    for basin in census.modes:
        try:
            q = transforms.unconstrain(layout.split(basin.values))
        except (DataError, EngineError):  # on the boundary of the support
            continue
        own = Cluster(best, hits=0)
        if not own.holds(q):
            own = Cluster(clean_optimum(reduced.function, q, reduced.edges), hits=0)
        if own.optimum.status is Status.CONVERGED:
            clusters.append((basin, own))
    return clusters


def _home(
    reduced: ReducedProblem, position: np.ndarray, clusters: Sequence[Cluster]
) -> Cluster | None:
    """Return the mode that a climb ends at, a new one with its labels as they are found."""
    function = reduced.function
    if not np.isfinite(position).all() or not np.isfinite(function(position)[0]):
        return None
    end = rough_ascent(function, position, steps=_STEPS, rounds=1, tolerance=_TOLERANCE)
    home = next((c for c in clusters if c.holds(end)), None)
    if home is not None:
        return home
    optimum = clean_optimum(function, end, reduced.edges)
    if optimum.status is not Status.CONVERGED:
        return None
    for cluster in clusters:
        level = same_value(optimum.value, cluster.optimum.value, SAME_HEIGHT)
        if cluster.is_the_same(optimum) or (
            level and is_relabelling(reduced.problem, cluster.optimum.q, optimum.q)
        ):
            return cluster
    return Cluster(optimum, hits=0)


def farthest(positions: np.ndarray, best: Optimum, count: int) -> list[np.ndarray]:
    """Return the positions farthest from a mode, in its standard errors.

    Parameters
    ----------
    positions : (n, dimension) array
        Such as draws.
    best : Optimum
        The mode.
    count : int
        How many.
    """
    here = positions[np.isfinite(positions).all(axis=1)]
    distances = np.linalg.norm((here - best.q) @ Cluster(best, hits=0).inverse.T, axis=1)
    return [here[i] for i in np.argsort(-distances)[:count]]
