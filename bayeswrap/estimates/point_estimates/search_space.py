"""Where the search for a mode begins, and which coordinates of the problem move."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineRunError
from bayeswrap.estimates.multistart.start_distribution import unreached
from bayeswrap.estimates.optimization.reduced_problem import ReducedProblem, reduced_problem
from bayeswrap.estimates.optimization.starting_points import (
    find_start,
    flat_coordinates,
    no_start,
    random_start,
)
from bayeswrap.estimates.problem.refusals import refusal_of

if TYPE_CHECKING:
    from bayeswrap.engine.run_files import CmdStanOutput
    from bayeswrap.estimates.problem.log_density import Objective
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "SearchSpace",
    "search_space",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SearchSpace:
    """Where a search begins, and which coordinates move.

    Attributes
    ----------
    problem : Problem
        What is maximised.
    start : (dimension,) array
        A position with finite density.
    output : CmdStanOutput or None
        The run of Stan's optimizer that ended at `start`.
    by_stan : bool
        Whether Stan's optimizer, or the initial values, led to `start`.
    flat, still : (dimension,) arrays of bool
        Coordinates that no statement reaches; those and the held ones.
    reduced : ReducedProblem
        The function of the others.
    """

    problem: Problem
    start: np.ndarray
    output: CmdStanOutput | None
    by_stan: bool
    flat: np.ndarray
    still: np.ndarray
    reduced: ReducedProblem

    def full(self, optimum: Optimum) -> Optimum:
        """Put the coordinates that stand still back in."""
        return optimum.embedded(self.reduced.free, self.start)

    def without_start(self) -> ReducedProblem:
        """Return the function for starts that are all drawn at random."""
        if self.problem.start is None:
            return self.reduced
        fresh = replace(self.problem, start=None)
        return reduced_problem(fresh, self.problem.objective, self.start, self.still)


def search_space(problem: Problem, *, by_stan: bool) -> SearchSpace:
    """Return where a search begins; by differences where no start has a gradient.

    Parameters
    ----------
    problem : Problem
        What is maximised.
    by_stan : bool
        Whether Stan's optimizer goes first.

    Raises
    ------
    DataError
        The initial values do not fit the program.
    EngineRunError
        No starting point with a finite density was found.
    """
    try:
        return _space(problem, by_stan=by_stan)
    except EngineRunError:
        refusal = refusal_of(problem)
        if refusal is None or refusal.kind != "slope":
            raise
        problem.density.take_differences(refusal.place or problem.program.name)
        return _space(problem, by_stan=by_stan)


def _space(problem: Problem, *, by_stan: bool) -> SearchSpace:
    objective, run = problem.objective, None
    if by_stan:
        start, run = find_start(problem, objective)
    else:
        start = _start_in_process(problem, objective)
    fixed = np.isin(np.arange(start.size), list(problem.fixed_coordinates))
    flat = flat_coordinates(objective, start) & ~fixed
    if flat.any():
        flat = unreached(reduced_problem(problem, objective, start, fixed), flat)
    still = flat | fixed
    return SearchSpace(
        problem=problem,
        start=start,
        output=run.output if run else None,
        by_stan=by_stan,
        flat=flat,
        still=still,
        reduced=reduced_problem(problem, objective, start, still),
    )


def _start_in_process(problem: Problem, objective: Objective) -> np.ndarray:
    point = random_start(problem, objective, problem.seed)
    if point is None:
        raise no_start(problem)
    return point
