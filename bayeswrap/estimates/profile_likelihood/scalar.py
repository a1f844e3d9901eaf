"""A log density and one scalar of interest, both in whitened coordinates around a maximum.

A position is q = q0 + T z, so that the log density is close to -z'z/2 around z = 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EngineError
from bayeswrap.estimates.numerics.derivatives import central_difference

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.profile_likelihood.whitened import Whitened

__all__ = [
    "ScalarOfInterest",
    "scalar_of_interest",
]

_BEND_STEP = 1e-2  # second differences of values lose twice the digits
_NO_SLOPE = 1e-11  # relative to the scalar: its differences are rounding
_BENT_COORDINATES_MAX = 25  # with more, second derivatives cost more than further steps


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalarOfInterest:
    """The scalar whose profile is wanted, in units of its own standard error.

    Attributes
    ----------
    problem : Problem
        The way to the declared scalars.
    space : Whitened
        Coordinates.
    row : int
        The scalar's place among the declared ones.
    derived : bool
        Whether it is a transformed parameter or generated quantity.
    centre, scale : float
        Its value at the maximum, and its change over one standard error.
    direction : (k,) array or None
        Unit vector d with u = d'z where the scalar is a monotone function of one coordinate.
    """

    problem: Problem
    space: Whitened
    row: int
    derived: bool
    centre: float
    scale: float
    direction: np.ndarray | None

    def declared(self, z: np.ndarray) -> float:
        """Return the scalar on its declared scale; NaN where the program cannot compute it."""
        coordinates = self.problem.coordinates
        try:
            values = coordinates.constrain(self.space.position(z), derived=self.derived)
        except EngineError:
            return np.nan
        return float(values[self.row])

    def value(self, z: np.ndarray) -> float:
        """Return u: the distance from the maximum in standard errors."""
        if self.direction is not None:
            return float(self.direction @ z)
        return (self.declared(z) - self.centre) / self.scale

    def slope(self, z: np.ndarray) -> np.ndarray:
        """Return du/dz."""
        if self.direction is not None:
            return self.direction
        return _slope(self, z) / self.scale

    def bend(self, z: np.ndarray) -> np.ndarray:
        """Return the second derivative of u, or zeros where it is 0 or too dear."""
        k = self.space.size
        if self.direction is not None or k > _BENT_COORDINATES_MAX:
            return np.zeros((k, k))
        # u_ii = (u(h e_i) - 2 u + u(-h e_i)) / h^2, and u_ij likewise along the diagonal
        h = _BEND_STEP
        steps = h * np.eye(k)
        here = self.value(z)
        ahead, behind = ([self.value(z + s * t) for t in steps] for s in (1, -1))
        matrix = np.diag([(a - 2 * here + b) / h**2 for a, b in zip(ahead, behind, strict=True)])
        for i in range(k):
            for j in range(i):
                both = self.value(z + steps[i] + steps[j]) + self.value(z - steps[i] - steps[j])
                mixed = both - ahead[i] - behind[i] - ahead[j] - behind[j] + 2 * here
                matrix[i, j] = matrix[j, i] = mixed / (2 * h**2)
        return matrix


def _slope(interest: ScalarOfInterest, z: np.ndarray) -> np.ndarray:
    """Difference the scalar along every whitened coordinate, to fourth order."""
    columns = np.eye(interest.space.size)
    slopes = [central_difference(interest.declared, z, column) for column in columns]
    return np.array(slopes)


def scalar_of_interest(
    problem: Problem, space: Whitened, name: str, row: int, *, away: np.ndarray | None = None
) -> ScalarOfInterest | None:
    """Return a declared scalar as a function of whitened coordinates.

    Parameters
    ----------
    problem : Problem
        Program and density.
    space : Whitened
        Coordinates.
    name : str
        The scalar, in Stan's spelling.
    row : int
        Its place among the declared scalars.
    away : (k,) array, optional
        A point off the edge, where the scale is read if the maximum lies on an edge.

    Returns
    -------
    ScalarOfInterest or None
        None where the scalar does not move with the coordinates.
    """
    coordinates = problem.coordinates
    derived = row >= len(coordinates.layout.names)
    at = coordinates.names.index(name) if name in coordinates.names else None
    if at is not None and coordinates.is_scalar(at):
        along = space.root[at]
        length = float(np.linalg.norm(along))
        direction = along / length if length > 0 else None
    else:
        length, direction = np.nan, None
    bare = ScalarOfInterest(
        problem=problem,
        space=space,
        row=row,
        derived=derived,
        centre=0.0,
        scale=1.0,
        direction=None,
    )
    zero = np.zeros(space.size)
    centre = bare.declared(zero)
    if direction is None:
        places = [zero] if away is None else [zero, away]
        lengths = [np.linalg.norm(_slope(bare, z)) for z in places]
        length = float(np.nanmax(lengths))
    # the diagonal of a correlation matrix moves by the rounding of its differences
    if not (np.isfinite(centre) and length > _NO_SLOPE * abs(centre)):
        return None
    return ScalarOfInterest(
        problem=problem,
        space=space,
        row=row,
        derived=derived,
        centre=centre,
        scale=length,
        direction=direction,
    )
