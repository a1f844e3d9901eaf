"""Start again until a higher maximum than the one at hand is improbable: what every mode gets.

The climbs are cheap. Only an end that may be higher, or that is another labelling of the best mode,
is climbed out; the ends below are counted and no more. `search` takes stock of all modes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.estimates.multistart.basin_scan import scanned
from bayeswrap.estimates.multistart.clusters import Cluster
from bayeswrap.estimates.multistart.heights import is_as_high
from bayeswrap.estimates.multistart.search import (
    PROBES,
    clustered,
    start_of,
    with_census,
)
from bayeswrap.estimates.multistart.start_distribution import start_distribution_of
from bayeswrap.estimates.multistart.stopping_rule import is_settled
from bayeswrap.estimates.optimization.verification import clean_optimum, unfinished
from bayeswrap.estimates.results.status import Status
from bayeswrap.progress import task

if TYPE_CHECKING:
    from bayeswrap.estimates.multistart.basin_scan import ScanEnd
    from bayeswrap.estimates.optimization.reduced_problem import ReducedProblem
    from bayeswrap.estimates.results.census import Census
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "search_until_settled",
]


def search_until_settled(
    reduced: ReducedProblem, first: Optimum, most: int, *, skip: int = 0, show_progress: bool
) -> tuple[Optimum, Census]:
    """Climb from further starts until another mode is improbable.

    Parameters
    ----------
    reduced : ReducedProblem
        What is climbed; the seed of its problem makes the starts.
    first : Optimum
        A maximum at hand; it counts as reached by one start.
    most : int
        The search ends after so many starts, settled or not.
    skip : int, optional
        How many starts of this seed have been used.
    show_progress : bool
        Whether progress is shown whatever is set around it.

    Returns
    -------
    optimum : Optimum
        The best verified mode.
    census : Census
        Of all starts. Ends below the best mode are one entry, as they are not climbed out.
    """
    distribution = start_distribution_of(reduced)
    ends = _Ends(reduced, Cluster(first, hits=1))
    tried, failed = 1, 0
    with task("searching for modes", most, unit="starts", show=show_progress or None) as work:
        while tried < most and not is_settled(ends.hits, tried - failed):
            begin = start_of(reduced, distribution, skip + tried - 1, selective=tried > PROBES)
            tried += 1
            failed += begin is None
            if begin is not None:
                ends.add(scanned(reduced.function, begin, ends.home))
            work.step()
        clusters = ends.clusters()
    return with_census(reduced, distribution, clusters, starts=tried, failed=failed)


class _Ends:
    """Where the starts so far have ended, as against the best mode.

    Parameters
    ----------
    reduced : ReducedProblem
        What is climbed.
    best : Cluster
        The highest verified mode.
    """

    def __init__(self, reduced: ReducedProblem, best: Cluster) -> None:
        self._reduced = reduced
        self._best = best
        self._others: list[Cluster] = []  # modes that were the best one for a while
        self._level: list[ScanEnd] = []  # as high as the best mode, or higher, but elsewhere
        self._below: list[ScanEnd] = []

    @property
    def hits(self) -> int:
        """How many starts came to the height of the best mode."""
        return self._best.hits + len(self._level)

    @property
    def home(self) -> Cluster | None:
        """The best mode, where it has a curvature that makes the climbs short."""
        return self._best if self._best.optimum.status is Status.CONVERGED else None

    def add(self, end: ScanEnd) -> None:
        """Take the end of one climb; one that leads to a higher mode changes the best."""
        value, q = end
        top = self._best.optimum.value
        if self._best.is_reached(value, q):
            self._best.hits += 1
        elif is_as_high(value, top):
            self._level.append(end)
        elif value < top:
            self._below.append(end)
        else:
            self._climb_out(end)

    def _climb_out(self, end: ScanEnd) -> None:
        optimum = clean_optimum(self._reduced.function, end[1], self._reduced.edges)
        if not optimum.status.is_estimate:
            self._level.append(end)
            return
        self._others.append(self._best)
        self._below += self._level
        self._level = []
        self._best = Cluster(optimum, hits=1)

    def clusters(self) -> list[Cluster]:
        """Return the modes, and the ends below them as one entry."""
        modes = [self._best, *self._others]
        reached = clustered(self._reduced, self._level, modes, 0, lambda: None)
        if not self._below:
            return reached
        value, q = max(self._below, key=lambda end: end[0])
        return [*reached, Cluster(unfinished(q, value), hits=len(self._below))]
