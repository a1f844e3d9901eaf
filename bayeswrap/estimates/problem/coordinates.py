"""The unconstrained coordinates of a program: their names, and Stan's transform of each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bayeswrap.estimates.problem.layout import variable_of

if TYPE_CHECKING:
    from bayeswrap.engine.density import Density
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.program.program import Program

__all__ = [
    "coordinate_names",
    "coordinate_transforms",
    "has_moving_bounds",
    "single_coordinates",
]

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


def coordinate_names(problem: Problem) -> list[str]:
    """Name unconstrained coordinates by what they are."""
    transforms, names = problem.density.transforms, []
    kinds = coordinate_transforms(problem.program, transforms)
    for name, kind in zip(transforms.coordinates, kinds, strict=True):
        bounds = problem.program.variables[variable_of(name)].declaration.bounds
        zero = len(bounds) == 1 and bounds[0].name in {"0", "0.0"}
        if kind == "Identity":
            names.append(name)
        elif kind == "Lower" and zero:
            names.append(f"log({name})")
        else:
            names.append(f"unconstrained {name}")
    return names
