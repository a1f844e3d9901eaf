"""From a problem (which parts, which scale) to a verified `PointEstimate`.

Stan's own optimizer goes first; the in-process density verifies and polishes what it returns.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.multistart.search import search
from bayeswrap.estimates.multistart.start_distribution import unreached
from bayeswrap.estimates.optimization.exact_fit import collapsed_scales, exact_fit_warning
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.optimization.reduced_problem import reduced_problem
from bayeswrap.estimates.optimization.restarts import (
    best_of_routes,
    better,
    off_the_saddle,
    persistent,
)
from bayeswrap.estimates.optimization.starting_points import (
    find_start,
    flat_coordinates,
    no_start,
    random_start,
)
from bayeswrap.estimates.point_estimates.estimate_at_optimum import estimate_at_optimum
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.optimization.reduced_problem import ReducedProblem
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.estimates.problem.log_density import Objective
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "maximise",
]


_SADDLE = (
    "the climb came to a saddle point and left it on both sides: other maxima are likely; "
    "starts=50 takes stock of them"
)
# Stan's own optimizer can neither hold parameters nor start many times
_SEARCHED = "; searched in process by stanli"


def maximise(
    problem: Problem, warnings: Sequence[str] = (), *, show_progress: bool = False
) -> PointEstimate:
    """Find, verify and describe a mode.

    Parameters
    ----------
    problem : Problem
        What is to be maximised.
    warnings : sequence of str
        To stay with the estimate.
    show_progress : bool
        Whether a search from many starts that lasts longer than a second shows a bar.

    Returns
    -------
    PointEstimate
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
    held = problem.fixed_coordinates
    objective, run = problem.objective, None
    if problem.starts is None and not held:
        start, run = find_start(problem, objective)
    else:
        problem = replace(problem, engine=problem.engine + _SEARCHED)
        start = _start_in_process(problem, objective)
    fixed = np.isin(np.arange(start.size), list(held))
    flat = flat_coordinates(objective, start) & ~fixed
    if flat.any():
        flat = unreached(reduced_problem(problem, objective, start, fixed), flat)
    still = flat | fixed
    reduced = reduced_problem(problem, objective, start, still)
    # Stan's own arithmetic overflows to infinity without a warning
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        if problem.starts is None:
            (optimum, told), census = _from_one_start(reduced, start), None
        else:
            optimum, census = search(reduced, problem.starts, show_progress=show_progress)
            told = census.sentences()
    whole, fit = _exact_fit(problem, optimum.embedded(reduced.free, start))
    estimate = estimate_at_optimum(problem, whole, flat, run, started)
    return replace(
        estimate,
        warnings=(*warnings, *told, *fit, *estimate.warnings),
        census=census,
        n_parameters=int((~still).sum()) - len(problem.spheres),
    )


def _start_in_process(problem: Problem, objective: Objective) -> np.ndarray:
    point = random_start(problem, objective, problem.seed)
    if point is None:
        raise no_start(problem)
    return point


def _from_one_start(reduced: ReducedProblem, start: np.ndarray) -> tuple[Optimum, tuple[str, ...]]:
    """Climb from where Stan's optimizer ended, and from the user's initial values by all routes."""
    problem, function, edges = reduced.problem, reduced.function, reduced.edges
    first = find_optimum(function, start[reduced.free], edges)
    told = (_SADDLE,) if first.status is Status.SADDLE else ()
    found = off_the_saddle(function, first, edges)
    easy = not (problem.inits or problem.fixed)
    if easy and found.status is not Status.NOT_CONVERGED:
        return found, told
    origin = random_start(problem, problem.objective, problem.seed)
    if origin is None:
        return found, told
    given = reduced.fitted(origin[reduced.free])
    found = better(found, best_of_routes(function, given, edges))
    return persistent(function, found, edges), told


def _exact_fit(problem: Problem, found: Optimum) -> tuple[Optimum, tuple[str, ...]]:
    """Name a fit to the last digits, where noise hides what kind of point it is."""
    if found.status.is_estimate or found.status is Status.AT_INFINITY:
        return found, ()
    collapsed = collapsed_scales(problem, found.q)
    if not collapsed:
        return found, ()
    return replace(found, status=Status.UNBOUNDED), (exact_fit_warning(collapsed),)


def _require_mode_of_directions(problem: Problem) -> None:
    if problem.jacobian and problem.spheres:
        raise EstimandError(
            f"program {problem.program.name!r} has a unit vector: its density has no mode on the "
            "unconstrained scale, where it rises towards the origin, which is no direction",
            do="use map() on the constrained scale, or sample()",
        )
