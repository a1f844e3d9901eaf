"""What kind of point an ascent ends on: a maximum, an edge, a ridge, infinity, a kink, a saddle."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.numerics.newton import AscentEnd, newton_ascent
from bayeswrap.estimates.optimization.boundary import collapse, pulled_back
from bayeswrap.estimates.optimization.edge_maxima import (
    departure,
    edge_maximum,
    inside,
    joined,
    narrower,
    on_edge,
)
from bayeswrap.estimates.optimization.limits_at_infinity import limit_at_infinity, with_others
from bayeswrap.estimates.optimization.nonexistence import (
    bent_ray,
    end_of_ray,
    saddle_or_flat,
    suspect_directions,
)
from bayeswrap.estimates.optimization.slope_check import with_slopes_of_values
from bayeswrap.estimates.optimization.verification import (
    clean_optimum,
    maximum_on_kinks,
    optimum_without_coordinates,
    unfinished,
    unverified,
    verified_maximum,
)
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import DIRECTION_PART

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.numerics.newton import NewtonAscent
    from bayeswrap.estimates.problem.support import SupportEdges
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "find_optimum",
]

_EDGE_DISTANCE = 60.0  # log units: exp(-60) of a scale is closer to the edge than any digit shows
_FAR_OUT = 15.0  # log units: exp(-15) of a scale is as good as none
_LASTING_RISE = 10.0  # nats: no local effect


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
        if maximum.contradicted_at is not None:
            return _by_values(function, maximum, edges)
        return _off_the_edge(function, maximum, edges)
    limit = limit_at_infinity(function, ascent.q, edges, find_optimum)
    return limit or _unverified(function, ascent, edges)


def _unverified(function: Function, ascent: NewtonAscent, edges: SupportEdges) -> Optimum:
    """Say what a point is whose slope and curvature prove no maximum."""
    if ascent.end is AscentEnd.UNBOUNDED:
        return unverified(ascent, Status.UNBOUNDED)
    kinked = maximum_on_kinks(function, ascent)
    if kinked is None or _is_far_out(kinked, edges):
        return _without_maximum(function, ascent, edges)
    return kinked


def _is_far_out(kinked: Optimum, edges: SupportEdges) -> bool:
    """Return whether the kinks are those of rounding next to an edge."""
    q = kinked.q
    return any(abs(q[i]) > _FAR_OUT and edges.reached(i, q[i]) for i in kinked.excluded)


def _off_the_edge(function: Function, maximum: Optimum, edges: SupportEdges) -> Optimum:
    """Put what only seems to be an interior maximum on the edge next to it."""
    sides = on_edge(function, maximum, edges)
    if not sides:
        return maximum
    found = edge_maximum(function, maximum.q, maximum.value, edges, find_optimum, sides)
    return maximum if found is None else found


def _by_values(function: Function, claim: Optimum, edges: SupportEdges) -> Optimum:
    """Climb again, by values alone, where the gradient contradicts them."""
    optimum = find_optimum(with_slopes_of_values(function), claim.q, edges)
    return replace(optimum, contradicted_at=claim.q)


def _without_maximum(function: Function, ascent: NewtonAscent, edges: SupportEdges) -> Optimum:
    """Look for a collapse, for a maximum on an edge, and along rays for what denies one."""
    collapsing = collapse(function, ascent, edges)
    if collapsing is not None:
        return unverified(ascent, Status.UNBOUNDED, collapsing)
    found = edge_maximum(function, ascent.q, ascent.value, edges, find_optimum)
    if found is not None and found.status.is_estimate:
        return found
    return _along_rays(function, ascent, edges)


def _along_rays(function: Function, ascent: NewtonAscent, edges: SupportEdges) -> Optimum:
    """Say where the value goes along suspicious directions."""
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
        open_end = unverified(ascent, Status.AT_INFINITY, outward)
        return with_others(function, open_end, moving, edges)
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
    sign = float(np.sign(outward[leading]))
    if narrower(function, q, rest, inner, leading, sign):
        # the others are squeezed to a point: this is no edge on which they have a maximum
        return unverified(ascent, Status.FLAT, outward)
    q[rest] = inner.q
    towards = outward / np.abs(outward).max()
    leaving = departure(function, q, towards, inner.followers(rest))
    if leaving.change > 0:
        # on the declared scale the edge is no maximum
        return clean_optimum(function, inside(function, leaving.q, towards), edges)
    if not leaving.change and edges.alone[leading]:
        return unverified(ascent, Status.FLAT, outward)
    return joined(q, rest, inner, leading, outward)
