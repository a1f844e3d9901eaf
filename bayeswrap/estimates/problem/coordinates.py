"""`Coordinates`: the unconstrained coordinates of a program on its data, described once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineError
from bayeswrap.estimates.problem.layout import Layout, variable_of
from bayeswrap.estimates.problem.support import support_edges
from bayeswrap.program.syntax.constraints import CONSTRAINTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from bayeswrap.engine.density import Density
    from bayeswrap.estimates.problem.support import SupportEdges
    from bayeswrap.program.program import Program
    from bayeswrap.program.syntax.constraints import Constraint

__all__ = [
    "Coordinates",
    "bounds_depend_on_parameters",
]


@dataclass(frozen=True, eq=False)
class Coordinates:
    """Names, constraints and groups of the coordinates, and the scalars that they make.

    Parameters
    ----------
    program : Program
        Its declarations.
    density : Density
        Its transforms; any density of the program on the data has the same.
    """

    program: Program
    density: Density

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names of the coordinates as Stan writes them, ``beta[1]``."""
        return self.density.coordinates

    @cached_property
    def variables(self) -> tuple[str, ...]:
        """The declared parameter behind each coordinate."""
        return tuple(variable_of(name) for name in self.names)

    @cached_property
    def declared_constraints(self) -> tuple[Constraint, ...]:
        """The constraint of the parameter behind each coordinate."""
        declared = self.program.variables
        return tuple(declared[variable].declaration.constraint for variable in self.variables)

    @cached_property
    def constraints(self) -> tuple[Constraint, ...]:
        """The constraint that describes each coordinate.

        That is the parameter's, but for ordered vectors: their first coordinate is free, and the
        others are logarithms of positive gaps.
        """
        free, gap = CONSTRAINTS["Identity"], CONSTRAINTS["PositiveOrdered"]
        first = (re.search(r"\b1\]$", name) is not None for name in self.names)
        pairs = zip(self.declared_constraints, first, strict=True)
        return tuple((free if is_first else gap) if c.is_ordered else c for c, is_first in pairs)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The name of each coordinate's constraint."""
        return tuple(constraint.name for constraint in self.constraints)

    @cached_property
    def edges(self) -> SupportEdges:
        """Where the coordinates reach finite edges of the support."""
        return support_edges(self.kinds)

    @cached_property
    def layout(self) -> Layout:
        """The scalars of the declared parameters."""
        return Layout.of(self.program, self.density.names())

    @cached_property
    def full_layout(self) -> Layout:
        """The same with transformed parameters and generated quantities."""
        return Layout.of(self.program, self.density.names(derived=True))

    @cached_property
    def spheres(self) -> tuple[tuple[int, ...], ...]:
        """The coordinates of each unit vector."""
        return self._groups(lambda constraint: constraint.name == "UnitVector")

    @cached_property
    def ordered_vectors(self) -> tuple[tuple[int, ...], ...]:
        """The coordinates of each ordered vector."""
        return self._groups(lambda constraint: constraint.is_ordered)

    @cached_property
    def ordered_variables(self) -> frozenset[str]:
        """The parameters that are ordered vectors, positive ones included."""
        declared = zip(self.variables, self.declared_constraints, strict=True)
        return frozenset(v for v, c in declared if c.is_order)

    def _groups(self, belongs: Callable[[Constraint], bool]) -> tuple[tuple[int, ...], ...]:
        """Return the coordinates of each vector; an array of vectors has one group an element."""
        groups = dict[str, list[int]]()
        for i, (name, constraint) in enumerate(
            zip(self.names, self.declared_constraints, strict=True)
        ):
            if belongs(constraint):
                # the last index runs inside the vector, those before it choose it
                groups.setdefault(re.sub(r",?\d+\]$", "", name), []).append(i)
        return tuple(tuple(members) for members in groups.values())

    @property
    def origin(self) -> np.ndarray:
        """A position at 0, but for unit vectors: 0 has no direction."""
        q = np.zeros(len(self.names))
        for sphere in self.spheres:
            q[list(sphere)] = 1.0
        return q

    def is_scalar(self, i: int) -> bool:
        """Return whether a coordinate alone makes the scalar of its name, monotonically."""
        elementwise = self.constraints[i].elementwise
        return elementwise and not bounds_depend_on_parameters(self.program, self.names[i])

    @cached_property
    def display_names(self) -> tuple[str, ...]:
        """Names that say what a coordinate is: ``mu``, ``log(sigma)``, ``unconstrained p[1]``."""
        return tuple(map(self._display_name, self.names, self.constraints))

    def _display_name(self, name: str, constraint: Constraint) -> str:
        if constraint.is_identity:
            return name
        bounds = self.program.variables[variable_of(name)].declaration.bounds
        starts_at_zero = len(bounds) == 1 and bounds[0].name in {"0", "0.0"}
        return f"log({name})" if constraint.is_log and starts_at_zero else f"unconstrained {name}"

    def constrain(
        self, q: np.ndarray, *, derived: bool = False, seed: int = 1, or_nan: bool = False
    ) -> np.ndarray:
        """Map a position to the scalars of `layout`, or of `full_layout`.

        Parameters
        ----------
        q : (dimension,) array
            Unconstrained position.
        derived : bool, optional
            Whether transformed parameters and generated quantities come as well.
        seed : int, optional
            Of the generated quantities.
        or_nan : bool, optional
            Whether derived quantities are NaN where the program cannot compute them.

        Raises
        ------
        EngineError
            The program cannot compute its derived quantities there.
        """
        try:
            return self.density.constrain(q, derived=derived, seed=seed)
        except EngineError:
            if not (derived and or_nan):
                raise
            values = np.full(len(self.full_layout.names), np.nan)
            values[: len(self.layout.names)] = self.density.constrain(q)
            return values

    def arrays(self, q: np.ndarray) -> dict[str, np.ndarray]:
        """Map a position to the values of all parameters, each in its declared shape."""
        return self.layout.split(self.density.constrain(q))


def bounds_depend_on_parameters(program: Program, name: str) -> bool:
    """Return whether the bounds of a scalar depend on parameters."""
    variables = program.variables
    bounds = variables[variable_of(name)].declaration.bounds
    used = {e.name for b in bounds for e in b.walk() if e.head == "Variable"}
    return any(variables[n].block != "data" for n in used if n in variables)
