"""The delta method: from curvature on the unconstrained scale to every declared scalar.

Derivatives are exact for coordinates with an elementwise transform, and fourth-order differences
of the program's own transforms for all others (van der Vaart, Asymptotic Statistics, 1998, ch. 3,
doi:10.1017/CBO9780511802256). Imports `engine` and `program`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.layout import variable_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.engine.density import Density
    from bayeswrap.program import Program

__all__ = [
    "coordinate_transforms",
    "delta_root",
    "has_moving_bounds",
    "random_elements",
    "single_coordinates",
]

_STEP = 1e-3
_MONOTONE = frozenset(
    {"Identity", "Lower", "Upper", "LowerUpper", "Offset", "Multiplier", "OffsetMultiplier"}
)


def coordinate_transforms(program: Program, density: Density) -> list[str]:
    """Return Stan's constraint of the parameter behind each unconstrained coordinate.

    The first coordinate of an ordered vector is free, the others are logarithms of positive gaps.
    """
    declared = program.variables
    kinds = [declared[variable_of(c)].declaration.transform for c in density.coordinates]
    first = [re.search(r"\b1\]$", c) is not None for c in density.coordinates]
    inside = {True: "Identity", False: "PositiveOrdered"}
    return [inside[f] if k == "Ordered" else k for k, f in zip(kinds, first, strict=True)]


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
    at = [density.constrain(q + k * _STEP * column, derived=derived) for k in (-2, -1, 1, 2)]
    return np.asarray((8 * (at[2] - at[1]) - (at[3] - at[0])) / (12 * _STEP))


def single_coordinates(program: Program, density: Density) -> dict[str, bool]:
    """Tell for each coordinate whether it alone makes the scalar of its name, monotonically."""
    kinds = coordinate_transforms(program, density)
    return {
        coordinate: kind in _MONOTONE and not has_moving_bounds(program, coordinate)
        for coordinate, kind in zip(density.coordinates, kinds, strict=True)
    }


def has_moving_bounds(program: Program, name: str) -> bool:
    """Tell whether the bounds of a scalar depend on parameters."""
    variables = program.variables
    bounds = variables[variable_of(name)].declaration.bounds
    used = {e.name for b in bounds for e in b.walk() if e.head == "Variable"}
    return any(variables[n].block != "data" for n in used if n in variables)


def _elementwise_slopes(program: Program, density: Density, q: np.ndarray) -> np.ndarray:
    """Return d theta / d q where one coordinate makes one scalar; NaN elsewhere."""
    slopes = np.full(q.size, np.nan)
    declared = program.variables
    for i, coordinate in enumerate(density.coordinates):
        declaration = declared[variable_of(coordinate)].declaration
        if has_moving_bounds(program, coordinate):
            continue
        if declaration.transform == "Identity":
            slopes[i] = 1.0
        elif declaration.transform == "Lower":
            slopes[i] = np.exp(q[i])
        elif declaration.transform == "Upper":
            slopes[i] = -np.exp(q[i])
    return slopes


def random_elements(density: Density, q: np.ndarray) -> np.ndarray:
    """Tell which scalars, derived ones included, change with the random seed."""
    first = density.constrain(q, derived=True, seed=1)
    second = density.constrain(q, derived=True, seed=2)
    return np.asarray(~((first == second) | (np.isnan(first) & np.isnan(second))))
