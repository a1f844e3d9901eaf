"""Search from many starts: scan by L-BFGS, Newton on the distinct basins only, and a census."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.budget import to_the_end
from bayeswrap.errors import OutOfTimeError
from bayeswrap.estimates.multistart.basin_scan import scanned
from bayeswrap.estimates.multistart.clusters import (
    Cluster,
    census_of,
    ranked,
    with_boundaries_merged,
    without_relabellings,
)
from bayeswrap.estimates.multistart.edge_spikes import EdgeSpike, edge_spike
from bayeswrap.estimates.multistart.heights import is_as_high
from bayeswrap.estimates.multistart.spikes import find_spike
from bayeswrap.estimates.multistart.start_distribution import start_distribution_of
from bayeswrap.estimates.optimization.edge_maxima import on_edge
from bayeswrap.estimates.optimization.exact_fit import collapsed_scales, is_exact_fit
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.optimization.restarts import off_the_saddle, persistent
from bayeswrap.estimates.optimization.starting_points import no_start
from bayeswrap.estimates.optimization.verification import clean_optimum
from bayeswrap.estimates.results.census import Basin, Census
from bayeswrap.estimates.results.status import Status
from bayeswrap.progress import task

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.estimates.multistart.basin_scan import ScanEnd
    from bayeswrap.estimates.multistart.start_distribution import StartDistribution
    from bayeswrap.estimates.optimization.reduced_problem import ReducedProblem
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "PROBES",
    "clustered",
    "search",
    "start_of",
    "usual_starts",
    "with_census",
]


_STARTS = 20
_STARTS_MIN = 2
_FEW_NUMBERS = 100_000  # of data: with more, each evaluation takes longer, and there are fewer
_FEW_COORDINATES = 100  # with more, each start takes longer, and there are fewer
PROBES = 6  # starts after which those so far are compared
_AGREEING_SHARE = 0.7  # of these starts
_AGREEING_ENDS = 2  # that are no mode, when a search is cut short


def usual_starts(dimension: int, size: int = 0) -> int:
    """Return how many starts a search has that nobody asked for: fewer where each takes long.

    Parameters
    ----------
    dimension : int
        Unconstrained coordinates.
    size : int, optional
        Numbers in the data.

    Examples
    --------
    >>> usual_starts(10), usual_starts(400), usual_starts(10_000), usual_starts(10, 4_000_000)
    (20, 5, 2, 2)
    """
    share = min(_FEW_COORDINATES / max(dimension, 1), _FEW_NUMBERS / max(size, 1), 1.0)
    return max(int(_STARTS * share), _STARTS_MIN)


def search(
    reduced: ReducedProblem,
    starts: int,
    *,
    modes: Sequence[Optimum] = (),
    diagnoses: int,
    show_progress: bool,
) -> tuple[Optimum, Census]:
    """Climb from many starts and take stock of what they reach.

    Parameters
    ----------
    reduced : ReducedProblem
        What is climbed; the seed of its problem makes the starts.
    starts : int
        How many.
    modes : sequence of Optimum
        Verified modes that are at hand: they are not climbed to again.
    diagnoses : int
        How many ends that are no mode are followed out to say why.
    show_progress : bool
        Whether progress is shown whatever is set around it.

    Returns
    -------
    optimum : Optimum
        The best verified mode; the highest end where there is none.
    census : Census
        All of it.

    Raises
    ------
    EngineRunError
        No start has a finite density.
    """
    distribution = start_distribution_of(reduced)
    ends: list[ScanEnd] = []
    clusters = [Cluster(mode, hits=0) for mode in modes]
    home: Cluster | None = None
    with task("searching for modes", 2 * starts, show=show_progress or None) as work:
        for i in range(starts):
            if i == PROBES and _agree(ends):
                highest = max(ends, key=lambda e: e[0])[1]
                at_hand = next((c for c in clusters if c.holds(highest)), None)
                home = at_hand or _mode_at(reduced, highest)
            begin = start_of(reduced, distribution, i, selective=i >= PROBES and home is None)
            if begin is not None:
                ends.append(scanned(reduced.function, begin, home))
            work.step()
        if not ends:
            attempts = f"{starts} starts, uniform and on the scales of the data"
            raise no_start(reduced.problem, attempts)
        if home is not None and all(home is not c for c in clusters):
            clusters.append(home)
        try:
            clusters = clustered(reduced, ends, clusters, diagnoses, work.step)
        except OutOfTimeError:
            return _cut_short(reduced, clusters, starts - len(ends))
    return with_census(reduced, distribution, clusters, starts=starts, failed=starts - len(ends))


def start_of(
    reduced: ReducedProblem, distribution: StartDistribution, i: int, *, selective: bool
) -> np.ndarray | None:
    """Draw the start of number `i` from its own stream; None where none has a density.

    Parameters
    ----------
    reduced : ReducedProblem
        Carries the seed.
    distribution : StartDistribution
        The way to draw it.
    i : int
        Number of the start.
    selective : bool
        Whether half of the starts are the best of some candidates.
    """
    rng = np.random.default_rng((reduced.problem.seed, i))
    return distribution.start(rng, i, selective=selective)


def with_census(
    reduced: ReducedProblem,
    distribution: StartDistribution,
    clusters: list[Cluster],
    *,
    starts: int,
    failed: int,
) -> tuple[Optimum, Census]:
    """Merge the modes that are one, and take stock.

    Parameters
    ----------
    reduced : ReducedProblem
        What was climbed.
    distribution : StartDistribution
        Its data columns may carry a spike.
    clusters : list of Cluster
        Where the starts ended.
    starts, failed : int
        How many there were, and how many had no density.

    Returns
    -------
    optimum : Optimum
        The best mode.
    census : Census
        Of all of it.
    """
    merged = without_relabellings(reduced, with_boundaries_merged(reduced, ranked(clusters)))
    census = census_of(reduced, merged, starts, failed)
    return merged[0].optimum, _with_spike(reduced, distribution, merged[0].optimum, census)


def _cut_short(
    reduced: ReducedProblem, clusters: list[Cluster], failed: int
) -> tuple[Optimum, Census]:
    """Take stock of the ends that were followed when the seconds were spent.

    A maximum is verified by itself; that there is none takes two ends that agree.
    """
    followed = [c for c in clusters if c.hits]
    hits = sum(c.hits for c in followed)
    if hits < _AGREEING_ENDS and not any(c.optimum.status.is_estimate for c in followed):
        raise OutOfTimeError("the seconds were spent before the ends of the search were followed")
    with to_the_end():
        kept = ranked(_reconsidered(followed))
        merged = without_relabellings(reduced, with_boundaries_merged(reduced, kept))
        return merged[0].optimum, census_of(reduced, merged, hits + failed, failed)


def _mode_at(reduced: ReducedProblem, end: np.ndarray) -> Cluster | None:
    optimum = clean_optimum(reduced.function, end, reduced.edges)
    return Cluster(optimum, hits=0) if optimum.status is Status.CONVERGED else None


def _with_spike(
    reduced: ReducedProblem, distribution: StartDistribution, best: Optimum, census: Census
) -> Census:
    """Add a spike that no start ran into."""
    if not best.status.is_estimate or census.unbounded:
        return census
    spike = _spike_beside(reduced, distribution, best.q)
    if spike is None:
        return census
    basin = Basin(
        status=Status.UNBOUNDED,
        log_density=np.inf,
        hits=0,
        distance=np.nan,
        relabelled=0,
        values=reduced.problem.coordinates.constrain(spike.q),
        edge=spike.parameter,
    )
    return replace(census, basins=(*census.basins, basin))


def _spike_beside(
    reduced: ReducedProblem, distribution: StartDistribution, mode: np.ndarray
) -> EdgeSpike | None:
    """Return a spike around a value of the data, which is at no edge, or at an edge."""
    around = find_spike(reduced.function, mode, reduced.kinds, distribution.columns)
    if around is not None:
        return EdgeSpike("", reduced.whole(around))
    return edge_spike(reduced.problem, reduced.whole(mode))


def _agree(ends: list[ScanEnd]) -> bool:
    """Return whether most of the first ends are of one height, and that the highest."""
    if not ends:
        return False
    best = max(value for value, _ in ends)
    near = Counter(is_as_high(value, best) for value, _ in ends)
    return near[True] >= _AGREEING_SHARE * len(ends)


def clustered(
    reduced: ReducedProblem,
    ends: list[ScanEnd],
    clusters: list[Cluster],
    diagnoses: int,
    tick: Callable[[], object],
) -> list[Cluster]:
    """Climb by Newton from every end that lies in no cluster yet, the highest first."""
    best = max((c.optimum.value for c in clusters), default=np.inf)
    for value, end in sorted(ends, key=lambda pair: -pair[0]):
        tick()
        home = next((c for c in clusters if c.holds(end) or c.leads_here(value, end)), None)
        if home is None:
            optimum = clean_optimum(reduced.function, end, reduced.edges)
            home = next((c for c in clusters if c.is_as_high(optimum)), None)
            if home is None and _needs_diagnosis(reduced, optimum):
                is_above = value > best and not is_as_high(value, best)
                optimum = _diagnosed(reduced, optimum, thorough=diagnoses > 0 or is_above)
                diagnoses -= 1
            home = home or next((c for c in clusters if c.is_the_same(optimum)), None)
            if home is None:
                home = Cluster(optimum, hits=0)
                clusters.append(home)
            home.take(optimum)
        home.hits += 1
    return _reconsidered([c for c in clusters if c.hits])


def _needs_diagnosis(reduced: ReducedProblem, optimum: Optimum) -> bool:
    """Return whether an end is no mode, or may as well lie on an edge."""
    is_mode = optimum.status.is_estimate
    return not is_mode or bool(on_edge(reduced.function, optimum, reduced.edges))


def _reconsidered(clusters: list[Cluster]) -> list[Cluster]:
    """Call unbounded only what rose above every mode: an end below them may be on its way."""
    modes = [c.optimum.value for c in clusters if c.optimum.status.is_estimate]
    kept: list[Cluster] = []
    highest = max(modes, default=-np.inf)
    for cluster in clusters:
        if cluster.optimum.status is Status.UNBOUNDED and cluster.optimum.value < highest:
            cluster.optimum = replace(cluster.optimum, status=Status.NOT_CONVERGED)
        twin = next((k for k in kept if k.is_the_same(cluster.optimum)), None)
        if twin is None:
            kept.append(cluster)
        else:
            twin.take(cluster.optimum)
            twin.hits += cluster.hits
    return kept


def _diagnosed(reduced: ReducedProblem, optimum: Optimum, *, thorough: bool) -> Optimum:
    """Return why an end is no mode, after another ascent from there."""
    function, edges = reduced.function, reduced.edges
    if is_exact_fit(reduced.problem, reduced.whole(optimum.q)):
        # to climb on among rounding errors takes long and leads nowhere
        return replace(optimum, status=Status.UNBOUNDED)
    if thorough:
        optimum = find_optimum(function, optimum.q, edges)
        optimum = persistent(function, off_the_saddle(function, optimum, edges), edges)
    if optimum.status is Status.NOT_CONVERGED:
        collapsed = collapsed_scales(reduced.problem, reduced.whole(optimum.q))
        return replace(optimum, status=Status.UNBOUNDED) if collapsed else optimum
    return optimum
