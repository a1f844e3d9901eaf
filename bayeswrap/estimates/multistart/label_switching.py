"""Whether one mode is another with its labels permuted.

The permutation follows from the two modes, as one is the other's values in another order, and
counts only if the density is the same at other points as well: data can make two modes equally
high by chance of symmetry, but not the whole density (Stephens 2000, Journal of the Royal
Statistical Society B 62:795-809, doi:10.1111/1467-9868.00265).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import linear_sum_assignment

from bayeswrap.errors import DataError
from bayeswrap.estimates.numerics.functions import same_value
from bayeswrap.estimates.problem.layout import variable_of

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "is_relabelling",
]


_SAME = 1e-5  # relative: modes are verified to more digits than this
_PROOFS = 3  # points at which the density must be that of their images
_ATTEMPTS = 5 * _PROOFS  # points, as the density is not finite at all of them
_DISTANCE = 0.3  # of a coordinate, and of 1 far out
_SAME_DENSITY = 1e-8  # relative


@dataclass(frozen=True, slots=True)
class _Relabelling:
    """Which scalar each scalar becomes; a probability may become one minus itself."""

    source: np.ndarray
    mirrored: np.ndarray

    def __call__(self, values: np.ndarray) -> np.ndarray:
        permuted = values[self.source]
        return np.asarray(np.where(self.mirrored, 1 - permuted, permuted))


def is_relabelling(problem: Problem, first: np.ndarray, second: np.ndarray) -> bool:
    """Return whether two modes are one under a permutation of exchangeable parameters.

    Parameters
    ----------
    problem : Problem
        The program and its density.
    first, second : (dimension,) array
        Unconstrained positions of the modes.

    Returns
    -------
    bool
        True if elements trade places within their variables, at least one moves, and the density
        is the same.
    """
    relabelling = _permutation(problem, first, second)
    return relabelling is not None and _is_symmetry(problem, first, relabelling)


def _permutation(problem: Problem, first: np.ndarray, second: np.ndarray) -> _Relabelling | None:
    transforms = problem.density.transforms
    here, there = transforms.constrain(first), transforms.constrain(second)
    layout = problem.coordinates.layout
    source, mirrored = np.arange(here.size), np.zeros(here.size, dtype=bool)
    for variable in layout.variables:
        where = layout.indices(variable)
        if where.size == 1 and _is_proportion(problem, variable):
            at = int(where[0])
            mirrored[at] = not _close(here[at], there[at]) and _close(1 - here[at], there[at])
        elif where.size > 1:
            # each value of the one mode goes to the place where the other has it
            gaps = np.abs(there[where, np.newaxis] - here[where])
            source[where] = where[linear_sum_assignment(gaps)[1]]
    relabelling = _Relabelling(source, mirrored)
    moves = bool(mirrored.any() or (source != np.arange(here.size)).any())
    return relabelling if moves and _close(relabelling(here), there) else None


def _is_proportion(problem: Problem, variable: str) -> bool:
    constraint = problem.program.variables[variable_of(variable)].declaration.constraint
    return constraint.elementwise and constraint.compact


def _close(one: np.ndarray, other: np.ndarray) -> bool:
    return bool(np.all(np.abs(one - other) <= _SAME * np.maximum(1e-3, np.abs(other))))


def _is_symmetry(problem: Problem, mode: np.ndarray, relabelling: _Relabelling) -> bool:
    """Compare the density at random points with that at their images."""
    transforms = problem.density.transforms
    layout = problem.coordinates.layout
    objective = problem.density.objective(problem.weights, jacobian=False)
    rng = np.random.default_rng(0)
    proofs = 0
    for _ in range(_ATTEMPTS):
        q = mode + _DISTANCE * rng.normal(size=mode.size) * np.minimum(1.0, np.abs(mode) + 0.1)
        try:
            image = transforms.unconstrain(layout.split(relabelling(transforms.constrain(q))))
        except DataError:
            return False  # the image of a point of the support lies outside it
        here, there = objective(q)[0], objective(image)[0]
        if np.isfinite(here) and np.isfinite(there):
            if not same_value(here, there, _SAME_DENSITY):
                return False
            proofs += 1
        if proofs == _PROOFS:
            return True
    return False
