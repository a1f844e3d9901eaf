"""Where the search for a marginal maximum starts: a scan over the scales.

All log scales are set to one value after the other. The coefficients that go with each are
estimated together with the effects, as their joint mode given the scales. It exists where the joint
mode of everything does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import Bounds, minimize

from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Laplace
from bayeswrap.estimates.numerics.derivatives import diagonal_scale
from bayeswrap.estimates.numerics.functions import Refusing
from bayeswrap.estimates.optimization.starting_points import no_start, random_start, with_inits

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Inner
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "rough_maximum",
    "scanned_start",
    "start_of",
]


_LOG_SCALES = np.arange(-6.0, 15.0, 1.0)
_SCALE_WINDOW = 8.0  # log units that a rough search may move a scale
_SCALE_MAX = 10.0  # times the position, or 1: a scale from a flat place means nothing
_LOST_LEVELS = 2  # levels without a mode, after which there are no more
_FALLING_LEVELS = 3  # levels in a row that lie far below the best, after which none rises
_FAR_BELOW = 100.0  # nats
_SCAN_STEPS = 25  # of a climb at one level
_JOINT_CANDIDATES = 2
_ROUGH_SLOPE = 1e-2  # standard errors: Newton's steps go on from there


def start_of(problem: Problem, joint: Function) -> np.ndarray:
    """Return the origin of the unconstrained scale with the user's initial values, or near it.

    Raises
    ------
    DataError
        The initial values do not fit the program.
    EngineRunError
        No point tried has a finite density.
    """
    q = with_inits(problem, problem.coordinates.origin)
    if np.isfinite(joint(q)[0]):
        return q
    point = random_start(problem, joint, problem.seed)
    if point is None:
        raise no_start(problem)
    return point


def scanned_start(problem: Problem, laplace: Laplace) -> np.ndarray:
    """Return the best of a scan over log scales, on the scale of the free coordinates.

    Parameters
    ----------
    problem : Problem
        Tells which coordinates are scales, and which the user has set.
    laplace : Laplace
        The marginal log density, with the start position.
    """
    coordinates = problem.coordinates
    is_set = [variable in problem.inits for variable in coordinates.variables]
    open_ones = laplace.free & ~np.array(is_set, dtype=bool)
    scales = open_ones & np.array([c.is_log for c in coordinates.constraints], dtype=bool)
    plain = open_ones & np.array([c.is_identity for c in coordinates.constraints], dtype=bool)
    base = laplace.start
    free = laplace.free
    levels = [base[scales] * 0 + level for level in _LOG_SCALES] if scales.any() else [base[scales]]
    candidates = [_with(base, scales, level) for level in levels]
    if plain.any():
        wide = Laplace(laplace.joint, base, laplace.latent | plain, scales, steps=_SCAN_STEPS)
        modes = sorted(_modes(wide, levels), key=lambda inner: -wide.value_at(inner))
        candidates = [inner.q for inner in modes[:_JOINT_CANDIDATES]] or candidates
    return max([q[free] for q in (*candidates, base)], key=laplace.value)


def _modes(wide: Laplace, levels: Sequence[np.ndarray]) -> Iterator[Inner]:
    """Yield the modes at each level, until they are lost for good."""
    lost, falling, best = 0, 0, -np.inf
    for level in levels:
        inner = wide.settle(level)
        lost = lost + 1 if inner is None else 0
        if inner is not None:
            value = wide.value_at(inner)
            falling = falling + 1 if value < best - _FAR_BELOW else 0
            best = max(best, value)
            yield inner
        if falling == _FALLING_LEVELS or (best > -np.inf and lost == _LOST_LEVELS):
            return


def _with(q: np.ndarray, where: np.ndarray, values: np.ndarray) -> np.ndarray:
    position = q.copy()
    position[where] = values
    return position


def rough_maximum(function: Function, psi: np.ndarray, edged: np.ndarray) -> np.ndarray:
    """Climb by L-BFGS, without leaving the neighbourhood along coordinates that have an edge.

    Each coordinate is scaled by the curvature at the start: data in other units shall not take
    longer.
    """
    if not psi.size:
        return psi
    scale = diagonal_scale(function, psi, function(psi)[1])
    scale = np.minimum(scale, _SCALE_MAX * np.maximum(1.0, np.abs(psi)))

    def scaled(z: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = function(psi + scale * z)
        return value, gradient * scale

    window = np.where(edged, _SCALE_WINDOW, np.inf) / scale
    downhill = Refusing(scaled)
    result = minimize(
        downhill,
        np.zeros(psi.size),
        jac=True,
        method="L-BFGS-B",
        bounds=Bounds(-window, window),
        options={"gtol": _ROUGH_SLOPE},
    )
    return np.asarray(psi + scale * result.x if downhill.accepted(result) else psi)
