"""The delta method: from curvature on the unconstrained scale to every declared scalar.

Derivatives are exact for coordinates with an elementwise transform, and fourth-order differences
of the program's own transforms for all others (van der Vaart, Asymptotic Statistics, 1998, ch. 3,
doi:10.1017/CBO9780511802256).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import central_difference
from bayeswrap.estimates.problem.coordinates import bounds_depend_on_parameters
from bayeswrap.estimates.problem.layout import variable_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.engine.density import Density
    from bayeswrap.program.program import Program

__all__ = [
    "delta_root",
    "random_elements",
]


def delta_root(
    program: Program, density: Density, q: np.ndarray, root: np.ndarray, names: Sequence[str]
) -> np.ndarray:
    """Return R with covariance R R' of the declared scalars.

    Parameters
    ----------
    program : Program
        Its declarations tell which transforms are elementwise.
    density : Density
        Gives the transforms.
    q : (dimension,) array
        Unconstrained position.
    root : (dimension, k) array
        T with covariance T T' of the coordinates.
    names : sequence of str
        Scalars wanted: declared parameters, then derived quantities.

    Returns
    -------
    (len(names), k) array
        On the scale of the declared scalars.
    """
    rows = np.column_stack(
        [_along(density, q, column, len(names)) for column in root.T] or [np.zeros((len(names), 0))]
    )
    index = {name: i for i, name in enumerate(names)}
    slopes = _elementwise_slopes(program, density, q)
    for i, coordinate in enumerate(density.coordinates):
        if coordinate in index and np.isfinite(slopes[i]):
            rows[index[coordinate]] = slopes[i] * root[i]
    return rows


def _along(density: Density, q: np.ndarray, column: np.ndarray, n: int) -> np.ndarray:
    """Difference all declared scalars along one direction, with common random numbers."""
    derived = n > len(density.names())
    return central_difference(lambda at: density.constrain(at, derived=derived), q, column)


def _elementwise_slopes(program: Program, density: Density, q: np.ndarray) -> np.ndarray:
    """Return d theta / d q where one coordinate makes one scalar; NaN elsewhere."""
    slopes = np.full(q.size, np.nan)
    declared = program.variables
    for i, coordinate in enumerate(density.coordinates):
        constraint = declared[variable_of(coordinate)].declaration.constraint
        if bounds_depend_on_parameters(program, coordinate):
            continue
        if constraint.is_identity:
            slopes[i] = 1.0
        elif constraint.elementwise and constraint.exp_sign:
            slopes[i] = constraint.exp_sign * np.exp(q[i])
    return slopes


def random_elements(density: Density, q: np.ndarray) -> np.ndarray:
    """Return which scalars, derived ones included, change with the random seed."""
    first = density.constrain(q, derived=True, seed=1)
    second = density.constrain(q, derived=True, seed=2)
    return np.asarray(~((first == second) | (np.isnan(first) & np.isnan(second))))
