"""Where a search starts: Stan's own optimum, or the best that random points lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.budget import seconds_left
from bayeswrap.engine.density import look_ahead
from bayeswrap.errors import DataError, EngineRunError
from bayeswrap.estimates.numerics.lbfgs import rough_ascent
from bayeswrap.estimates.problem.refusals import refusal_of, refusal_sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.engine.cmdstan import Executable, OptimizeRun
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.log_density import Objective
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "find_start",
    "flat_coordinates",
    "no_start",
    "random_start",
    "with_inits",
]


_POINTS_MAX = 100
_SHRINK_AFTER = 5  # refused points
_RADIUS = 2.0  # units of the unconstrained scale: Stan's own default for random initial values
_SHIFTS = (0.0, 0.1, 0.5)  # units of the unconstrained scale
_PROOFS = 2  # points where a slope must be zero before its coordinate is called flat


def find_start(problem: Problem, objective: Objective) -> tuple[np.ndarray, OptimizeRun | None]:
    """Return where Stan's optimizer ended, or a climb from random points where it could not.

    Parameters
    ----------
    problem : Problem
        What is to be maximised.
    objective : Objective
        The function.

    Returns
    -------
    q : (dimension,) array
        A point with finite density.
    run : OptimizeRun or None
        What Stan's optimizer returned, if it ran.

    Raises
    ------
    DataError
        The initial values do not fit the program.
    EngineRunError
        No starting point tried has a finite density.
    """
    run, failure = None, None
    if problem.executable is not None:
        try:
            run = _stan_optimum(problem, problem.executable)
            q = problem.density.transforms.unconstrain(_parameters(problem, run.values))
            if np.isfinite(q).all() and np.isfinite(objective(q)[0]):
                return q, run
        except (EngineRunError, DataError) as error:
            # Stan gives no point where the density has no maximum: the search here says so
            failure = error
    point = random_start(problem, objective, problem.seed)
    if point is None:
        raise no_start(problem) from failure
    return rough_ascent(objective, point), run


def _stan_optimum(problem: Problem, executable: Executable) -> OptimizeRun:
    left = seconds_left()
    return executable.optimize(
        problem.stan_data,
        jacobian=problem.jacobian,
        seed=problem.seed,
        inits=problem.initial_values,
        options={} if left is None else {"timeout": left},
    )


def _parameters(problem: Problem, values: Mapping[str, Any]) -> dict[str, Any]:
    return {v.name: values[v.name] for v in problem.program.variables_in("parameters")}


def random_start(
    problem: Problem, objective: Function, seed: int | tuple[int, ...]
) -> np.ndarray | None:
    """Return a random point with finite density, at the initial values where there are any.

    Parameters
    ----------
    problem : Problem
        Carries the initial values.
    objective : callable
        Tells where the density is finite.
    seed : int or tuple of int
        Of the random part.

    Raises
    ------
    DataError
        The initial values do not fit the program.
    """
    rng = np.random.default_rng(seed)
    dimension = problem.density.transforms.dimension
    misfit = None
    for attempt in range(_POINTS_MAX):
        radius = _RADIUS / (1 + attempt // _SHRINK_AFTER)
        try:
            q = with_inits(problem, rng.uniform(-radius, radius, dimension))
        except DataError as error:  # a bound that depends on another parameter may refuse a point
            misfit = error
            continue
        if np.isfinite(objective(q)[0]):
            return q
    if misfit is not None:
        raise misfit
    return None


def with_inits(problem: Problem, q: np.ndarray) -> np.ndarray:
    """Return a position with the initial values and the held ones put in.

    Raises
    ------
    DataError
        The initial values do not fit the program.
    """
    q = _with_initial_values(problem, q)
    held = problem.fixed_coordinates
    q[list(held)] = list(held.values())
    return q


def _with_initial_values(problem: Problem, q: np.ndarray) -> np.ndarray:
    if problem.start is not None:
        return problem.start.copy()
    if not problem.inits:
        return q
    values = problem.coordinates.arrays(q) | dict(problem.inits)
    return problem.density.transforms.unconstrain(values)


def no_start(
    problem: Problem, attempts: str = f"{_POINTS_MAX} random points of the unconstrained scale"
) -> EngineRunError:
    """Return the error for a density that is finite nowhere near the origin.

    Parameters
    ----------
    problem : Problem
        What was to be maximised.
    attempts : str, optional
        Where a start was looked for.
    """
    refusal = refusal_of(problem)
    if refusal is None:
        return EngineRunError(
            "no starting point with a finite density was found",
            where=problem.program.name,
            got=attempts,
            do="pass inits= inside the support, or check data and bounds",
        )
    has_slope = refusal.kind != "slope"
    return EngineRunError(
        "no starting point with a finite density was found"
        if has_slope
        else "no starting point with a gradient was found",
        where=refusal.place or problem.program.name,
        got=f"{attempts}; {refusal_sentence(refusal)}",
        do="check that statement and its data, or pass inits= inside the support"
        if has_slope
        else "rewrite that statement so that its slope is a number: leave out terms that are zero",
    )


def flat_coordinates(objective: Function, q: np.ndarray) -> np.ndarray:
    """Return which coordinates no statement reaches: their gradient is exactly zero everywhere.

    Evaluated near `q` and near the origin: where a search has run away, slopes round to zero.
    """
    rng = np.random.default_rng(0)
    steps = [shift * rng.normal(size=q.size) for shift in _SHIFTS]
    points = [centre + s for s in steps for centre in (q, np.zeros(q.size))]
    look_ahead(objective, points)
    gradients = [objective(point)[1] for point in points]
    finite = [g for g in gradients if np.isfinite(g).all()]
    if len(finite) < _PROOFS:
        return np.zeros(q.size, dtype=bool)
    return np.asarray((np.array(finite) == 0).all(axis=0))
