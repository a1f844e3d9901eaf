"""Densities without a maximum: directions along which the value keeps growing or is constant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import OTHER_STEP, hessian_along, whiten
from bayeswrap.estimates.numerics.functions import restricted, rounding_of
from bayeswrap.estimates.numerics.lbfgs import rough_ascent
from bayeswrap.estimates.optimization.verification import unverified
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import CLEAN_EIGENVALUE, DIRECTION_PART, VERIFIED_DECREMENT

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.numerics.newton import NewtonAscent
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "RayEnd",
    "bent_ray",
    "end_of_ray",
    "saddle_or_flat",
    "suspect_directions",
]

_RAY_LENGTHS = 10.0 ** np.arange(-2, 4.5, 0.5)  # units of the unconstrained scale
_AROUND_HOME = (0.99, 1.0, 1.01)  # of the distance to 0
_BESIDE = 2  # the first ray length at which a refused point still is next to the maximum: 0.1
_LEVEL = 1e-6  # relative: less is no fall of the value
_LONGEST_COLUMNS = 2
_RISE_STEPS = (0.1, 0.3, 1.0)  # whitened
_FAR_ENOUGH = 15.0  # units of the unconstrained scale: a coordinate that runs away is beyond
_TENFOLD = (10.0, 100.0)  # of a coordinate that runs away
_RISE_SHARE = 0.25  # t^2 / 4: half of what a whitened eigenvalue of +1 promises


@dataclass(frozen=True, slots=True)
class RayEnd:
    """What a function does along a ray.

    Attributes
    ----------
    falls : bool
        Whether its value falls somewhere, or its support ends next to the start.
    rise : float
        How far it rises above the start, nats.
    """

    falls: bool
    rise: float


def end_of_ray(function: Function, q: np.ndarray, direction: np.ndarray) -> RayEnd:
    """Follow a function along a ray by powers of ten.

    Parameters
    ----------
    function : callable
        Value and gradient.
    q, direction : (dimension,) array
        Where the ray starts, and its direction with a largest entry of 1.
    """
    value = function(q)[0]
    # a search that ran off farther than any ray comes back to where its coordinate is 0
    home = abs(q[np.argmax(np.abs(direction))]) * np.array(_AROUND_HOME)
    lengths = [*_RAY_LENGTHS, *home[home > _RAY_LENGTHS[-1]]]
    heights = [function(q + length * direction)[0] for length in lengths]
    finite = [height for height in heights if np.isfinite(height)]
    falls = any(height < value - _LEVEL * (1 + abs(value)) for height in finite)
    # a refused point next to the maximum is an end of the support, one far out is arithmetic
    falls = falls or not np.isfinite(heights[_BESIDE])
    return RayEnd(falls=falls, rise=max((height - value for height in finite), default=0.0))


def suspect_directions(function: Function, ascent: NewtonAscent) -> list[np.ndarray]:
    """Return directions without clean curvature, and the last step, scaled to a largest entry 1."""
    root = whiten(function, ascent.q, ascent.root)
    curvature = hessian_along(function, ascent.q, root, h=OTHER_STEP)
    eigenvalues, vectors = np.linalg.eigh(curvature)
    odd = np.abs(eigenvalues + 1) > CLEAN_EIGENVALUE.value
    lengths = np.abs(root).max(axis=0)
    columns = [root @ vectors[:, j] for j in np.flatnonzero(odd)]
    columns += [root[:, j] for j in np.argsort(-lengths)[:_LONGEST_COLUMNS]]
    candidates = [c / np.abs(c).max() for c in (ascent.last_step, *columns) if np.abs(c).max() > 0]
    # far out, small components of a step that belong to other coordinates would spoil the ray
    cut = [np.where(np.abs(c) > DIRECTION_PART.value, c, 0.0) for c in candidates]
    return [c for pair in zip(candidates, cut, strict=True) for c in pair]


def bent_ray(function: Function, ascent: NewtonAscent) -> np.ndarray | None:
    """Return the direction of a coordinate that runs away while the others follow on a curve.

    A location that goes to minus infinity while a scale grows as its root is on no straight ray.
    Its profile is: with the location ten and a hundred times as far out, and the other coordinates
    at their best, the value rises at first and never falls. Along a curve on which it is constant,
    such as a b = c, nothing runs away.

    Parameters
    ----------
    function : callable
        Value and gradient.
    ascent : NewtonAscent
        Where it ended.

    Returns
    -------
    (dimension,) array or None
        A unit step of the coordinate, outward; None where the value falls, or never rises.
    """
    farthest = int(np.argmax(np.abs(ascent.q)))
    if ascent.q.size == 1 or abs(ascent.q[farthest]) < _FAR_ENOUGH:
        return None
    others = [i for i in range(ascent.q.size) if i != farthest]
    begin = function(ascent.q)[0]
    q, value = ascent.q, begin
    for times in _TENFOLD:
        further = q.copy()
        further[farthest] = times * ascent.q[farthest]
        rest = restricted(function, further, others)
        further[others] = rough_ascent(rest, further[others], rounds=1)
        height = function(further)[0]
        if not height >= value - rounding_of(value):
            return None
        q, value = further, height
    if value - begin <= _LEVEL * (1 + abs(value)):
        return None  # constant along the curve: nothing grows there
    outward = np.zeros(ascent.q.size)
    outward[farthest] = np.sign(ascent.q[farthest])
    return outward


def saddle_or_flat(function: Function, ascent: NewtonAscent) -> Optimum:
    """Return what a point is that is no maximum although the value falls along every ray."""
    if ascent.decrement > VERIFIED_DECREMENT.value:
        return unverified(ascent, Status.NOT_CONVERGED)
    root = whiten(function, ascent.q, ascent.root)
    _, vectors = np.linalg.eigh(hessian_along(function, ascent.q, root, h=OTHER_STEP))
    uphill = root @ vectors[:, -1]
    if _rises(function, ascent, uphill):
        return unverified(ascent, Status.SADDLE, uphill)
    # the longest axis of the root is the direction in which the value falls least
    longest = np.linalg.svd(root)[0][:, 0]
    return unverified(ascent, Status.FLAT, longest)


def _rises(function: Function, ascent: NewtonAscent, direction: np.ndarray) -> bool:
    """Return whether the value rises along a direction in which the curvature seems positive.

    Along a flat direction the sign of the curvature is noise; the value then stays where it is.
    """
    for t in _RISE_STEPS:
        gains = [function(ascent.q + s * t * direction)[0] - ascent.value for s in (-1, 1)]
        if max(gains) > _RISE_SHARE * t**2:
            return True
    return False
