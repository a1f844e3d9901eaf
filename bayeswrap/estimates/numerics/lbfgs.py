"""Rough ascents by L-BFGS in scaled coordinates: cheap, and good enough to find a basin.

A diagonal scale from one gradient difference a coordinate lets one step length serve slopes of
1e-9 and peaks at 1e4 alike; the scale is taken again where the first ascent ended, as it changes on
the way (Nocedal and Wright, Numerical Optimization, 2006, ch. 7).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import OptimizeResult, minimize

from bayeswrap.estimates.numerics.derivatives import diagonal_scale
from bayeswrap.estimates.numerics.functions import Refusing, restricted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "conditional_ascent",
    "rough_ascent",
]


_SCALED_COORDINATES_MAX = 50  # with more the scale costs more gradients than it saves
_SCALE_MAX = 10.0  # times the position, or 1: a scale from a flat place means nothing
_LINE_SEARCH_STEPS = 30


def rough_ascent(
    function: Function,
    start: np.ndarray,
    *,
    steps: int = 500,
    rounds: int = 2,
    tolerance: float = 1e-10,
    stride: float | None = None,
    arrived: Callable[[np.ndarray], bool] | None = None,
) -> np.ndarray:
    """Climb from a start until the value no longer rises.

    Parameters
    ----------
    function : callable
        Value and gradient; -inf outside the support.
    start : (dimension,) array
        A point with finite density.
    steps : int
        Most steps of one round.
    rounds : int
        How often the climb starts again with a new scale.
    tolerance : float
        Relative rise of the value below which a round ends.
    stride : float, optional
        Length of the first step, where the coordinates have a scale already; otherwise a scale is
        taken at the start of each round.
    arrived : callable, optional
        True at a position from which no further step is needed.

    Returns
    -------
    (dimension,) array
        Never lower than the start.
    """
    q = np.array(start, dtype=np.float64)
    for _ in range(rounds if q.size else 0):
        if stride is not None:
            # the first step of L-BFGS is one unit long
            scale = np.full(q.size, stride)
        else:
            scale = _scale_at(function, q) if q.size <= _SCALED_COORDINATES_MAX else np.ones(q.size)
        q = _one_round(function, q, scale, limits=(steps, tolerance), arrived=arrived)
    return q


def _scale_at(function: Function, q: np.ndarray) -> np.ndarray:
    scale = diagonal_scale(function, q, function(q)[1])
    return np.asarray(np.minimum(scale, _SCALE_MAX * np.maximum(1.0, np.abs(q))))


def _one_round(
    function: Function,
    q: np.ndarray,
    scale: np.ndarray,
    *,
    limits: tuple[int, float],
    arrived: Callable[[np.ndarray], bool] | None,
) -> np.ndarray:
    def scaled(z: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = function(q + scale * z)
        return value, gradient * scale

    def watch(intermediate_result: OptimizeResult) -> None:
        z = np.asarray(intermediate_result.x)
        if arrived is not None and arrived(q + scale * z):
            raise StopIteration

    downhill = Refusing(scaled)
    result = minimize(
        downhill,
        np.zeros(q.size),
        jac=True,
        method="L-BFGS-B",
        callback=watch,
        options={"maxiter": limits[0], "ftol": limits[1], "maxls": _LINE_SEARCH_STEPS},
    )
    # a line search that failed at once has not moved; one that failed at an optimum is no error
    return np.asarray(q + scale * result.x if downhill.accepted(result) else q)


def conditional_ascent(
    function: Function,
    start: np.ndarray,
    free: Sequence[int],
    *,
    steps: int = 100,
    tolerance: float = 1e-6,
) -> np.ndarray:
    """Climb in some coordinates with the others held.

    A scale that fits the residuals at the values given makes those values a start worth having:
    with a scale drawn at random the first step would leave them.

    Parameters
    ----------
    function, start, steps, tolerance
        As for `rough_ascent`.
    free : sequence of int
        The coordinates that move.
    """
    q = np.array(start, dtype=np.float64)
    chosen = list(free)
    inner = restricted(function, q, chosen)
    q[chosen] = rough_ascent(inner, q[chosen], steps=steps, rounds=1, tolerance=tolerance)
    return q
