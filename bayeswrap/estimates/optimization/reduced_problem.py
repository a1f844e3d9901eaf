"""`ReducedProblem`: the function of the coordinates that move, as a search needs it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.numerics.lbfgs import conditional_ascent
from bayeswrap.estimates.numerics.sparse_curvature import SparseCurvature
from bayeswrap.estimates.optimization.starting_points import with_inits

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.log_density import Objective
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.problem.support import SupportEdges

__all__ = [
    "ReducedProblem",
    "reduced_problem",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReducedProblem:
    """The function of the coordinates that move, and the way back to all of them.

    Attributes
    ----------
    problem : Problem
        What is maximised.
    function : callable
        Value and gradient of the coordinates that move.
    edges : SupportEdges
        Of these coordinates.
    kinds : tuple of str
        Stan's constraint behind each coordinate that moves.
    is_set : tuple of bool
        Whether the user gave an initial value for it.
    base : (dimension,) array
        Where the others stand.
    free : (k,) array of int
        Which coordinates move.
    """

    problem: Problem
    function: Function
    edges: SupportEdges
    kinds: tuple[str, ...]
    is_set: tuple[bool, ...]
    base: np.ndarray
    free: np.ndarray

    def whole(self, part: np.ndarray) -> np.ndarray:
        """Put the coordinates that stand still back in."""
        q = self.base.copy()
        q[self.free] = part
        return q

    def place(self, part: np.ndarray) -> np.ndarray:
        """Return a position with the user's initial values put in.

        Raises
        ------
        DataError
            They do not fit the rest of the position.
        """
        if not self.problem.has_start:
            return part
        return np.asarray(with_inits(self.problem, self.whole(part))[self.free])

    def fitted(self, part: np.ndarray) -> np.ndarray:
        """Return a position whose coordinates without an initial value suit the others."""
        loose = [i for i, is_set in enumerate(self.is_set) if not is_set]
        if len(loose) in {0, len(self.is_set)}:
            return part
        return conditional_ascent(self.function, part, loose)


def reduced_problem(
    problem: Problem, objective: Objective, base: np.ndarray, still: np.ndarray
) -> ReducedProblem:
    """Return the reduced form of a problem.

    Parameters
    ----------
    problem : Problem
        What is maximised.
    objective : Objective
        Its function of all coordinates.
    base : (dimension,) array
        A position with finite density.
    still : (dimension,) array of bool
        Coordinates that are held.
    """
    coordinates, free = problem.coordinates, np.flatnonzero(~still)
    kinds = coordinates.kinds
    is_set = [
        problem.start is not None or variable in problem.inits for variable in coordinates.variables
    ]
    return ReducedProblem(
        problem=problem,
        function=SparseCurvature(restricted(objective, base, free.tolist())),
        edges=coordinates.edges.of(~still),
        kinds=tuple(kinds[i] for i in free),
        is_set=tuple(is_set[i] for i in free),
        base=base,
        free=free,
    )
