"""From a request (which parts, which scale) to a verified `PointEstimate`.

Stan's own optimizer goes first; the in-process density verifies and polishes what it returns.
Imports `engine`, `program`, `data` and its own neighbours.
"""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.errors import EstimandError
from bayeswrap.estimates.curvature import coordinate_transforms
from bayeswrap.estimates.describe import describe
from bayeswrap.estimates.edges import edges_of
from bayeswrap.estimates.ending import Optimum, find_optimum
from bayeswrap.estimates.kinks import restricted
from bayeswrap.estimates.starts import find_start, flat_coordinates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.point import PointEstimate
    from bayeswrap.estimates.request import Request

__all__ = ["maximise"]


def maximise(request: Request, warnings: Sequence[str] = ()) -> PointEstimate:
    """Find, verify and describe a mode.

    Parameters
    ----------
    request : Request
        What is to be maximised.
    warnings : sequence of str
        To stay with the estimate.

    Returns
    -------
    PointEstimate
        With its status; the caller decides what raises.

    Raises
    ------
    DataError
        The initial values do not fit the program.
    EngineRunError
        No starting point with a finite density was found.
    EstimandError
        The mode asked for is not defined for this program.
    """
    started = time.perf_counter()
    _require_mode_of_directions(request)
    objective = request.objective
    start, run = find_start(request, objective)
    flat = flat_coordinates(objective, start)
    edges = edges_of(coordinate_transforms(request.program, request.density.transforms))
    free = np.flatnonzero(~flat).tolist()
    optimum = find_optimum(restricted(objective, start, free), start[free], edges.of(~flat))
    estimate = describe(request, _whole(optimum, start, flat), flat, run, started)
    return replace(estimate, warnings=(*warnings, *estimate.warnings))


def _require_mode_of_directions(request: Request) -> None:
    if request.jacobian and request.spheres:
        raise EstimandError(
            f"program {request.program.name!r} has a unit vector: its density has no mode on the "
            "unconstrained scale, where it rises towards the origin, which is no direction",
            do="use map() on the constrained scale, or sample()",
        )


def _whole(optimum: Optimum, start: np.ndarray, flat: np.ndarray) -> Optimum:
    """Put the coordinates that were held back in."""
    if not flat.any():
        return optimum
    q, root = start.copy(), np.zeros((flat.size, optimum.root.shape[1]))
    q[~flat], root[~flat] = optimum.q, optimum.root
    free = np.flatnonzero(~flat)
    direction = None
    if optimum.direction is not None:
        direction = np.zeros(flat.size)
        direction[free] = optimum.direction
    return replace(
        optimum,
        q=q,
        root=root,
        direction=direction,
        excluded=tuple(int(free[i]) for i in optimum.excluded),
    )
