"""Densities without a maximum: directions along which the value keeps growing or is constant."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import hessian_along, whiten
from bayeswrap.estimates.optimization.verification import _bare
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import CLEAN_EIGENVALUE, DIRECTION_PART, VERIFIED_DECREMENT

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.numerics.newton import NewtonAscent
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "_by_curvature",
    "_follow",
    "_suspects",
]


@dataclass(frozen=True, slots=True)
class _Excursion:
    falls: bool
    rise: float


def _follow(function: Function, q: np.ndarray, direction: np.ndarray) -> _Excursion:
    """Walk along a ray by powers of ten."""
    value = function(q)[0]
    reached = [function(q + 10.0**k * direction)[0] for k in np.arange(-2, 4.5, 0.5)]
    finite = [v for v in reached if np.isfinite(v)]
    falls = any(v < value - 1e-6 * (1 + abs(value)) for v in finite)
    # a refused point next to the maximum is an end of the support, one far out is arithmetic
    falls = falls or (bool(reached) and not np.isfinite(reached[2]))
    return _Excursion(falls=falls, rise=max((v - value for v in finite), default=0.0))


def _suspects(function: Function, found: NewtonAscent) -> list[np.ndarray]:
    """Return directions without clean curvature, and the last step, scaled to a largest entry 1."""
    root = whiten(function, found.q, found.root)
    curvature = hessian_along(function, found.q, root, h=2e-3)
    eigenvalues, vectors = np.linalg.eigh(curvature)
    odd = np.abs(eigenvalues + 1) > CLEAN_EIGENVALUE.value
    lengths = np.abs(root).max(axis=0)
    columns = [root @ vectors[:, j] for j in np.flatnonzero(odd)]
    columns += [root[:, j] for j in np.argsort(-lengths)[:2]]
    candidates = [c / np.abs(c).max() for c in (found.last_step, *columns) if np.abs(c).max() > 0]
    # far out, small components of a step that belong to other coordinates would spoil the ray
    cut = [np.where(np.abs(c) > DIRECTION_PART.value, c, 0.0) for c in candidates]
    return [c for pair in zip(candidates, cut, strict=True) for c in pair]


def _by_curvature(function: Function, found: NewtonAscent) -> Optimum:
    """Name a point that is no maximum although every ray falls in the end."""
    ended = _bare(found.q, found.value, Status.NOT_CONVERGED, found)
    if found.decrement > VERIFIED_DECREMENT.value:
        return ended
    root = whiten(function, found.q, found.root)
    _, vectors = np.linalg.eigh(hessian_along(function, found.q, root, h=2e-3))
    uphill = root @ vectors[:, -1]
    if _rises(function, found, uphill):
        return replace(ended, status=Status.SADDLE, direction=uphill)
    # the longest axis of the root is the direction in which the value falls least
    longest = np.linalg.svd(root)[0][:, 0]
    return replace(ended, status=Status.FLAT, direction=longest)


def _rises(function: Function, found: NewtonAscent, direction: np.ndarray) -> bool:
    """Tell whether the value rises along a direction in which the curvature seems positive.

    Along a flat direction the sign of the curvature is noise; the value then stays where it is.
    """
    for t in (0.1, 0.3, 1.0):
        gains = [function(found.q + s * t * direction)[0] - found.value for s in (-1, 1)]
        if max(gains) > t**2 / 4:  # half of what a whitened eigenvalue of +1 promises
            return True
    return False
