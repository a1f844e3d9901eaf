"""What kind of point an ascent ends on: a maximum, an edge, a ridge, infinity, a kink, a saddle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import whiten
from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.numerics.newton import AscentEnd, newton_ascent
from bayeswrap.estimates.optimization.boundary import collapse, pulled_back
from bayeswrap.estimates.optimization.nonexistence import (
    bent_ray,
    end_of_ray,
    saddle_or_flat,
    suspect_directions,
)
from bayeswrap.estimates.optimization.slope_check import with_slopes_of_values
from bayeswrap.estimates.optimization.verification import (
    maximum_on_kinks,
    optimum_without_coordinates,
    unfinished,
    unverified,
    verified_maximum,
)
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import DIRECTION_PART

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.numerics.newton import NewtonAscent
    from bayeswrap.estimates.problem.support import SupportEdges

__all__ = [
    "find_optimum",
]

_EDGE_DISTANCE = 60.0  # log units: exp(-60) of a scale is closer to the edge than any digit shows
_DECADE = float(np.log(10))  # log units: a scale ten times smaller
_LASTING_RISE = 10.0  # nats: no local effect
_NARROWER = 0.5  # of the spread before


def find_optimum(function: Function, start: np.ndarray, edges: SupportEdges) -> Optimum:
    """Climb to a maximum, and say what kind of point the ascent ends on.

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
        return optimum_without_coordinates(function, start)
    start = pulled_back(function, start, edges)
    value, _ = function(start)
    if not np.isfinite(value):
        return unfinished(start, value)
    ascent = newton_ascent(function, start)
    maximum = verified_maximum(function, ascent)
    if maximum is not None:
        agrees = maximum.contradicted_at is None
        return maximum if agrees else _by_values(function, maximum, edges)
    if ascent.end is AscentEnd.UNBOUNDED:
        return unverified(ascent, Status.UNBOUNDED)
    return maximum_on_kinks(function, ascent) or _without_maximum(function, ascent, edges)


def _by_values(function: Function, claim: Optimum, edges: SupportEdges) -> Optimum:
    """Climb again, by values alone, where the gradient contradicts them."""
    optimum = find_optimum(with_slopes_of_values(function), claim.q, edges)
    return replace(optimum, contradicted_at=claim.q)


def _without_maximum(function: Function, ascent: NewtonAscent, edges: SupportEdges) -> Optimum:
    """Follow the suspicious directions out and see where the value goes."""
    collapsing = collapse(function, ascent, edges)
    if collapsing is not None:
        return unverified(ascent, Status.UNBOUNDED, collapsing)
    for direction in suspect_directions(function, ascent):
        ahead, behind = (end_of_ray(function, ascent.q, s * direction) for s in (1, -1))
        if max(ahead.rise, behind.rise) > _LASTING_RISE:
            return unverified(ascent, Status.UNBOUNDED, direction)
        if ahead.falls and behind.falls:
            continue
        if not ahead.falls and not behind.falls:
            return unverified(ascent, Status.FLAT, direction)
        outward = direction if not ahead.falls else -direction
        return _at_infinity_or_edge(function, ascent, outward, edges)
    bent = bent_ray(function, ascent)
    if bent is not None:
        return unverified(ascent, Status.AT_INFINITY, bent)
    return saddle_or_flat(function, ascent)


def _at_infinity_or_edge(
    function: Function, ascent: NewtonAscent, outward: np.ndarray, edges: SupportEdges
) -> Optimum:
    """Look for the maximum at the end of a direction along which the value never falls."""
    moving = [i for i in range(outward.size) if abs(outward[i]) > DIRECTION_PART.value]
    if not all(edges.reached(i, outward[i]) for i in moving):
        return unverified(ascent, Status.AT_INFINITY, outward)
    q = ascent.q.copy()
    # all at once and in proportion, as the way to a face of a simplex is a slanted one; then only
    # the leading coordinate stays there: along the face the others have a maximum of their own
    q[moving] += outward[moving] / np.abs(outward).max() * _EDGE_DISTANCE
    leading = int(np.argmax(np.abs(outward)))
    rest = [i for i in range(q.size) if i != leading]
    kept = np.arange(q.size) != leading
    inner = find_optimum(restricted(function, q, rest), q[rest], edges.of(kept))
    if not inner.status.is_estimate:
        return unverified(ascent, inner.status, outward)
    further = q.copy()
    further[leading] += np.sign(outward[leading]) * _DECADE
    if _narrower(restricted(function, further, rest), inner):
        # the others are squeezed to a point: this is no edge on which they have a maximum
        return unverified(ascent, Status.FLAT, outward)
    return _joined(q, rest, inner, leading, outward)


def _narrower(function: Function, inner: Optimum) -> bool:
    """Return whether the spread of some coordinate shrinks when an edge comes nearer."""
    if not inner.root.size:
        return False
    roots = (inner.root, whiten(function, inner.q, inner.root))
    before, after = (np.linalg.norm(root, axis=1) for root in roots)
    return bool((after < _NARROWER * before).any())


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
