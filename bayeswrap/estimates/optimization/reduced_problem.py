"""`Terrain`: the function of the coordinates that move, with all that a search needs to know.

Imports `curvature`, `edges`, `kinks` and `starts`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.numerics.lbfgs import conditional_ascent
from bayeswrap.estimates.optimization.starting_points import with_inits
from bayeswrap.estimates.problem.coordinates import coordinate_transforms
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.estimates.problem.support import edges_of

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.log_density import Objective
    from bayeswrap.estimates.problem.problem import Request
    from bayeswrap.estimates.problem.support import Edges

__all__ = [
    "Terrain",
    "terrain_of",
]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Terrain:
    """The function of the coordinates that move, and the way back to all of them.

    Attributes
    ----------
    request : Request
        What is maximised.
    function : callable
        Value and gradient of the coordinates that move.
    edges : Edges
        Of these coordinates.
    kinds : tuple of str
        Stan's constraint behind each coordinate that moves.
    given : tuple of bool
        Whether the user gave an initial value for it.
    base : (dimension,) array
        Where the others stand.
    free : (k,) array of int
        Which coordinates move.
    """

    request: Request
    function: Function
    edges: Edges
    kinds: tuple[str, ...]
    given: tuple[bool, ...]
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
        if not self.request.inits:
            return part
        return np.asarray(with_inits(self.request, self.whole(part))[self.free])

    def fitted(self, part: np.ndarray) -> np.ndarray:
        """Return a position whose coordinates without an initial value suit the given ones."""
        loose = [i for i, told in enumerate(self.given) if not told]
        if len(loose) in {0, len(self.given)}:
            return part
        return conditional_ascent(self.function, part, loose)


def terrain_of(
    request: Request, objective: Objective, base: np.ndarray, still: np.ndarray
) -> Terrain:
    """Return the terrain of a request.

    Parameters
    ----------
    request : Request
        What is maximised.
    objective : Objective
        Its function of all coordinates.
    base : (dimension,) array
        A position with finite density.
    still : (dimension,) array of bool
        Coordinates that are held.
    """
    transforms = request.density.transforms
    kinds = coordinate_transforms(request.program, transforms)
    free = np.flatnonzero(~still)
    given = [variable_of(name) in request.inits for name in transforms.coordinates]
    return Terrain(
        request=request,
        function=restricted(objective, base, free.tolist()),
        edges=edges_of(kinds).of(~still),
        kinds=tuple(kinds[i] for i in free),
        given=tuple(given[i] for i in free),
        base=base,
        free=free,
    )
