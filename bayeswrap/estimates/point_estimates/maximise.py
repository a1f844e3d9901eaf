"""From a problem (which parts, which scale) to a verified `PointEstimate`.

Stan's own optimizer goes first; the in-process density verifies and polishes what it returns.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.budget import Budget, to_the_end
from bayeswrap.errors import EstimandError, OutOfTimeError
from bayeswrap.estimates.multistart.edge_spikes import edge_spike
from bayeswrap.estimates.multistart.search import search, usual_starts
from bayeswrap.estimates.multistart.settled_search import search_until_settled
from bayeswrap.estimates.numerics.functions import SAME_HEIGHT
from bayeswrap.estimates.optimization.exact_fit import collapsed_scales, exact_fit_warning
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.optimization.restarts import (
    best_of_routes,
    better,
    off_the_saddle,
    persistent,
)
from bayeswrap.estimates.optimization.starting_points import random_start
from bayeswrap.estimates.point_estimates.estimate_at_optimum import (
    VerifiedMode,
    estimate_at_optimum,
)
from bayeswrap.estimates.point_estimates.limit_models import with_limit
from bayeswrap.estimates.point_estimates.search_space import search_space
from bayeswrap.estimates.point_estimates.wrong_gradient import wrong_gradient_warning
from bayeswrap.estimates.problem.quantity_failures import point_warnings
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.engine.run_files import CmdStanOutput
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.point_estimates.search_space import SearchSpace
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.census import Census
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "find_mode",
    "maximise",
]


_SADDLE = (
    "the ascent came to a saddle point and left it on both sides: other maxima are likely; "
    "starts=50 takes stock of them"
)
_BY_DIFFERENCES = (
    "{}: the log density is finite, but its gradient is not a number; slopes were taken by "
    "differences of the log density, and NUTS cannot sample it"
)
_AT_EDGE = "the density is unbounded as {} goes to its bound, which is made of the outcomes"
_FEWER = "the seconds were spent after {} of {} starts"
_AROUND_A_MODE = 0.3  # of the seconds that are left, for other modes than the one at hand
_CUT_SHORT = "the seconds were spent before this end was compared with those of other starts"
_CONFIRMING_STARTS = 6  # independent ones, behind a claim that no maximum exists
_DIAGNOSES = 10  # ends that are followed out to say why they are no mode; it takes long


def maximise(
    problem: Problem,
    warnings: Sequence[str] = (),
    *,
    starts: int | None = None,
    stan_first: bool = False,
    show_progress: bool = False,
) -> PointEstimate:
    """Find, verify and describe a mode (see `find_mode` for parameters and errors)."""
    mode = find_mode(
        problem, warnings, starts=starts, stan_first=stan_first, show_progress=show_progress
    )
    with to_the_end():
        return with_limit(estimate_at_optimum(problem, mode))


def find_mode(
    problem: Problem,
    warnings: Sequence[str] = (),
    *,
    starts: int | None = None,
    stan_first: bool = False,
    show_progress: bool = False,
) -> VerifiedMode:
    """Find and verify a mode.

    Parameters
    ----------
    problem : Problem
        What is to be maximised.
    warnings : sequence of str
        To stay with the estimate.
    starts : int, optional
        Starts of a search in this process that takes stock of all modes. None starts by Stan's
        optimizer where no parameter is held, and again in this process until a higher maximum is
        improbable.
    stan_first : bool
        With `starts`: whether a single start goes first. The search then does not climb again
        to the mode that is there, and the higher of both is returned, with the census.
    show_progress : bool
        Whether a search from many starts that lasts longer than a second shows a bar.

    Returns
    -------
    VerifiedMode
        With its status; the caller decides what raises.

    Raises
    ------
    DataError
        The initial values do not fit the program.
    EngineRunError
        No starting point with a finite density was found.
    EstimandError
        The mode asked for is not defined for this program.
    """
    started = time.perf_counter()
    _require_mode_of_directions(problem)
    space = search_space(problem, by_stan=(starts is None or stan_first) and not problem.fixed)
    # Stan's own arithmetic overflows to infinity without a warning
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        if starts is None:
            first = _from_one_start(space)
            end = _in_time(first, lambda: _compared(space, first, show_progress=show_progress))
        elif stan_first:
            first = _from_one_start(space)
            end = _in_time(
                first,
                lambda: _higher(
                    first, _from_many(space, starts, first, show_progress=show_progress)
                ),
            )
        else:
            end = _from_many(space, starts, None, show_progress=show_progress)
    if end.optimum.contradicted_at is not None:
        reason = wrong_gradient_warning(problem, end.optimum.contradicted_at)
        end = replace(end, warnings=(reason, *end.warnings))
    return VerifiedMode(
        optimum=end.optimum,
        flat=space.flat,
        started=started,
        output=end.output,
        in_process=end.in_process,
        starts=end.starts,
        warnings=(*warnings, *end.warnings, *_density_warnings(problem)),
        census=end.census,
        n_parameters=int((~space.still).sum()) - len(problem.spheres),
    )


def _density_warnings(problem: Problem) -> tuple[str, ...]:
    """Return what the density in process lacks: slopes, and quantities that have no value."""
    place = problem.density.without_slope
    slopes = (_BY_DIFFERENCES.format(place),) if place else ()
    return (*slopes, *point_warnings(problem.program, problem.density.never_computed))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _SearchEnd:
    """Where a search ended, over all coordinates, and how it went."""

    optimum: Optimum
    on_free: Optimum
    warnings: tuple[str, ...]
    output: CmdStanOutput | None = None
    in_process: bool = True
    starts: int | None = None
    census: Census | None = None


def _from_one_start(space: SearchSpace) -> _SearchEnd:
    optimum, warnings = _verified(space)
    full, fit = _exact_fit(space.problem, space.full(optimum))
    return _SearchEnd(
        optimum=full,
        on_free=optimum,
        warnings=(*warnings, *fit),
        output=space.output,
        in_process=not space.by_stan,
    )


def _verified(space: SearchSpace) -> tuple[Optimum, tuple[str, ...]]:
    """Climb from where Stan's optimizer ended, and from the user's initial values by all routes."""
    problem, reduced = space.problem, space.reduced
    function, edges = reduced.function, reduced.edges
    first = find_optimum(function, space.start[reduced.free], edges)
    warnings = (_SADDLE,) if first.status is Status.SADDLE else ()
    optimum = off_the_saddle(function, first, edges)
    asked = problem.has_start or problem.fixed
    if not asked and optimum.status is not Status.NOT_CONVERGED:
        return optimum, warnings
    origin = random_start(problem, problem.objective, problem.seed)
    if origin is None:
        return optimum, warnings
    start = reduced.fitted(origin[reduced.free])
    optimum = better(optimum, best_of_routes(function, start, edges))
    return persistent(function, optimum, edges), warnings


def _from_many(
    space: SearchSpace,
    starts: int,
    first: _SearchEnd | None,
    *,
    diagnoses: int = _DIAGNOSES,
    show_progress: bool,
) -> _SearchEnd:
    modes = [first.on_free] if first and first.optimum.status is Status.CONVERGED else []
    optimum, census = search(
        space.without_start(),
        starts,
        modes=modes,
        diagnoses=diagnoses,
        show_progress=show_progress,
    )
    full, fit = _exact_fit(space.problem, space.full(optimum))
    cut = (_FEWER.format(census.starts, starts),) if census.starts < starts else ()
    return _SearchEnd(
        optimum=full,
        on_free=optimum,
        warnings=(*census.sentences(), *cut, *fit),
        starts=starts,
        census=census,
    )


def _compared(space: SearchSpace, first: _SearchEnd, *, show_progress: bool) -> _SearchEnd:
    """Hold the end of one start against those of other starts in this process.

    One start proves nothing: its maximum may be a local one, and where it ends on none it may only
    have gone astray. The user's own initial values name the place that is asked about, so their
    end stands as it is; and so does a denial where parameters are held.
    """
    problem, claim = space.problem, first.optimum.status
    if problem.has_start or (problem.fixed and not claim.is_estimate) or not first.on_free.q.size:
        return first
    if claim.is_estimate:
        return _settled(space, first, show_progress=show_progress)
    diagnoses = int(claim is Status.NOT_CONVERGED)
    many = _from_many(
        space, _CONFIRMING_STARTS, first, diagnoses=diagnoses, show_progress=show_progress
    )
    if not many.optimum.status.is_estimate:
        return _higher(first, many)
    many = replace(many, starts=None, warnings=())
    return _settled(space, many, skip=_CONFIRMING_STARTS, show_progress=show_progress)


def _settled(
    space: SearchSpace, first: _SearchEnd, *, skip: int = 0, show_progress: bool
) -> _SearchEnd:
    """Start again until a higher maximum than the one at hand is improbable."""
    most = usual_starts(first.on_free.q.size, space.problem.density.work)
    optimum, census = search_until_settled(
        space.without_start(), first.on_free, most, skip=skip, show_progress=show_progress
    )
    full, fit = _exact_fit(space.problem, space.full(optimum))
    warnings = () if census.is_unanimous else census.sentences()
    many = _SearchEnd(
        optimum=full, on_free=optimum, warnings=(*warnings, *fit), starts=None, census=census
    )
    return _higher(first, many)


def _in_time(first: _SearchEnd, compared: Callable[[], _SearchEnd]) -> _SearchEnd:
    """Return what further starts make of the first end; that end where their seconds are spent.

    A claim that no maximum exists is not made then. Where there is one, the others get a smaller
    share of the seconds: it is there already.
    """
    share = _AROUND_A_MODE if first.optimum.status.is_estimate else 1.0
    try:
        with Budget.current().share(share).in_force():
            return compared()
    except OutOfTimeError:
        optimum = first.optimum
        if not optimum.status.is_estimate:
            optimum = replace(optimum, status=Status.NOT_CONVERGED)
        return replace(first, optimum=optimum, warnings=(*first.warnings, _CUT_SHORT))


def _higher(first: _SearchEnd, many: _SearchEnd) -> _SearchEnd:
    """Return the end of the single start, with the census, unless the many went higher."""
    if _is_better(many.optimum, first.optimum):
        return many
    census = many.census
    sentences = census.sentences() if census and not census.is_unanimous else ()
    return replace(first, census=census, warnings=(*first.warnings, *sentences))


def _is_better(one: Optimum, other: Optimum) -> bool:
    """Return whether a mode is higher than another, or than where there is none."""
    if not one.status.is_estimate:
        return False
    if other.status in {Status.AT_INFINITY, Status.FLAT} or other.status.is_estimate:
        return one.value > other.value + SAME_HEIGHT * (1 + abs(other.value))
    return True


def _exact_fit(problem: Problem, optimum: Optimum) -> tuple[Optimum, tuple[str, ...]]:
    """Name a fit to the last digits, where noise hides what kind of point it is."""
    if optimum.status.is_estimate or optimum.status is Status.AT_INFINITY:
        return optimum, ()
    collapsed = collapsed_scales(problem, optimum.q)
    if not collapsed:
        spike = edge_spike(problem, optimum.q)
        if spike is None:
            return optimum, ()
        return replace(optimum, status=Status.UNBOUNDED), (_AT_EDGE.format(spike.parameter),)
    return replace(optimum, status=Status.UNBOUNDED), (exact_fit_warning(collapsed),)


def _require_mode_of_directions(problem: Problem) -> None:
    if problem.jacobian and problem.spheres:
        raise EstimandError(
            f"program {problem.program.name!r} has a unit vector: its density has no mode on the "
            "unconstrained scale, where it rises towards the origin, which is no direction",
            do="use map() on the constrained scale, or sample()",
        )
