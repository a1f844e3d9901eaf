"""What kind of point a climb ended on: a maximum, an edge, a ridge, infinity, a kink, a saddle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import whiten
from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.numerics.newton import NewtonAscent, newton_ascent
from bayeswrap.estimates.optimization.boundary import collapse, pulled_back
from bayeswrap.estimates.optimization.nonexistence import (
    _by_curvature,
    _follow,
    _suspects,
)
from bayeswrap.estimates.optimization.verification import (
    _bare,
    _clean_maximum,
    _nothing_free,
    _on_kinks,
)
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import DIRECTION_PART

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.support import SupportEdges

__all__ = [
    "find_optimum",
]

_FAR = 60.0  # exp(-60) of a scale: closer to the edge than any digit shows
_DECADE = float(np.log(10))  # a scale ten times smaller


def find_optimum(function: Function, start: np.ndarray, edges: SupportEdges) -> Optimum:
    """Climb to a maximum and say what was found.

    Parameters
    ----------
    function : callable
        Value and gradient on the unconstrained scale.
    start : (dimension,) array
        A point with finite density.
    edges : SupportEdges
        Where coordinates lead to a finite edge.

    Returns
    -------
    Optimum
        With its status; nothing is raised.
    """
    if start.size == 0:
        return _nothing_free(function, start)
    start = pulled_back(function, start, edges)
    value, _ = function(start)
    if not np.isfinite(value):
        return _bare(start, value, Status.NOT_CONVERGED)
    found = newton_ascent(function, start)
    clean = _clean_maximum(function, found)
    if clean is not None:
        return clean
    if found.is_unbounded:
        return _bare(found.q, found.value, Status.UNBOUNDED, found)
    return _on_kinks(function, found) or _without_maximum(function, found, edges)


def _without_maximum(function: Function, found: NewtonAscent, edges: SupportEdges) -> Optimum:
    """Follow the suspicious directions out and see where the value goes."""
    ended = _bare(found.q, found.value, Status.UNBOUNDED, found)
    collapsing = collapse(function, found, edges)
    if collapsing is not None:
        return replace(ended, direction=collapsing)
    for direction in _suspects(function, found):
        ahead, behind = (_follow(function, found.q, s * direction) for s in (1, -1))
        if max(ahead.rise, behind.rise) > 10:  # noqa: PLR2004 - nats: no local effect
            return replace(ended, direction=direction)
        if ahead.falls and behind.falls:
            continue
        if not ahead.falls and not behind.falls:
            return replace(ended, status=Status.FLAT, direction=direction)
        outward = direction if not ahead.falls else -direction
        return _at_the_end(function, found, outward, edges)
    return _by_curvature(function, found)


def _at_the_end(
    function: Function, found: NewtonAscent, outward: np.ndarray, edges: SupportEdges
) -> Optimum:
    moving = [i for i in range(outward.size) if abs(outward[i]) > DIRECTION_PART.value]
    if not all(edges.reached(i, outward[i]) for i in moving):
        return replace(_bare(found.q, found.value, Status.AT_INFINITY, found), direction=outward)
    q = found.q.copy()
    # all at once and in proportion, as the way to a face of a simplex is a slanted one; then only
    # the leading coordinate stays there: along the face the others have a maximum of their own
    q[moving] += outward[moving] / np.abs(outward).max() * _FAR
    leading = int(np.argmax(np.abs(outward)))
    rest = [i for i in range(q.size) if i != leading]
    kept = np.arange(q.size) != leading
    inner = find_optimum(restricted(function, q, rest), q[rest], edges.of(kept))
    if not inner.status.is_estimate:
        return replace(_bare(found.q, found.value, inner.status, found), direction=outward)
    further = q.copy()
    further[leading] += np.sign(outward[leading]) * _DECADE
    if _narrower(restricted(function, further, rest), inner):
        # the others are squeezed to a point: this is no edge on which they have a maximum
        return replace(_bare(found.q, found.value, Status.FLAT, found), direction=outward)
    return _joined(q, rest, inner, leading, outward)


def _narrower(function: Function, inner: Optimum) -> bool:
    """Tell whether the spread of some coordinate shrinks when an edge comes nearer."""
    if not inner.root.size:
        return False
    then = whiten(function, inner.q, inner.root)
    before, after = (np.linalg.norm(root, axis=1) for root in (inner.root, then))
    return bool((after < before / 2).any())


def _joined(
    q: np.ndarray, rest: list[int], inner: Optimum, leading: int, outward: np.ndarray
) -> Optimum:
    q = q.copy()
    q[rest] = inner.q
    root = np.zeros((q.size, inner.root.shape[1]))
    root[rest] = inner.root
    return Optimum(
        q=q,
        value=inner.value,
        status=Status.BOUNDARY,
        root=root,
        decrement=inner.decrement,
        condition=inner.condition,
        excluded=tuple(sorted({leading, *(rest[i] for i in inner.excluded)})),
        direction=outward,
    )
