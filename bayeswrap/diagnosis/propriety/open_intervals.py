"""Profile likelihoods that level off: intervals without an end on one side or both."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.diagnosis.propriety.centre import centre_of
from bayeswrap.diagnosis.propriety.evaluation_budget import BudgetSpentError
from bayeswrap.diagnosis.propriety.rays import ray_of
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.program.syntax.constraints import constraint_of
from bayeswrap.thresholds import PROFILE_FALL, PROFILE_LEVEL

if TYPE_CHECKING:
    from bayeswrap.diagnosis.propriety.centre import Centre, Line
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "unbounded_intervals",
]


def unbounded_intervals(
    problem: Problem, q: np.ndarray, *, budget: int = 20_000
) -> tuple[tuple[str, int], ...]:
    """Return the scalars whose profile likelihood levels off before an interval of it ends.

    Such a parameter is identified only in part: its 95 % interval has no end on that side.

    Parameters
    ----------
    problem : Problem
        Asks for the likelihood.
    q : (dimension,) array
        Its maximum.
    budget : int
        Most evaluations of the gradient.

    Returns
    -------
    tuple of (str, int)
        Unconstrained coordinate, and 1 or -1 for the side of its own scale. A direction along
        which the likelihood does not change at all is left out.

    References
    ----------
    Raue et al. 2009, doi:10.1093/bioinformatics/btp358.
    """
    free, centre = centre_of(problem, problem.objective, q, budget)
    edges, top = support_edges(centre.kinds), centre.function(q[free])[0]
    sides = []
    for i, name in enumerate(centre.names):
        falls = {s: _fall(centre, centre.line(i), s, top) for s in (-1, 1)}
        if max(falls.values()) > PROFILE_LEVEL.value:
            flipped = constraint_of(centre.kinds[i]).exp_sign or 1
            open_ended = [
                s for s in (-1, 1) if falls[s] < PROFILE_FALL.value and not edges.reached(i, s)
            ]
            sides += [(name, s * flipped) for s in open_ended]
    return tuple(sides)


def _fall(centre: Centre, line: Line, sign: int, top: float) -> float:
    """Return by how much the profile has fallen where it is level; infinite where it is not."""
    try:
        ray = ray_of(centre.function, centre.position, sign * line.direction, line.unit)
        heights = [ray.rough(line.far * step)[0].height for step in (0.5, 1.0, 2.0)]
    except BudgetSpentError:
        return np.inf
    # farther out a density may have lost its digits: the nearest level pair counts
    level = (b for a, b in pairwise(heights) if abs(a - b) < PROFILE_LEVEL.value)
    return float(top - next(level, -np.inf))
