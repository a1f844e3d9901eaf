"""Maxima on an edge of the support: the density on the declared scale falls on leaving it.

With d the distance of a scalar from its edge, on the declared scale, and y all other coordinates,
the log density is f(d, y) = f(0, y) + f_d d + f_dd d^2 / 2 + ... The edge is a maximum where y is a
maximum of f(0, y) and f falls for small d > 0: f_d < 0, or f_d = 0 and
f_dd - f_dy' f_yy^-1 f_yd < 0. On the unconstrained scale df/dq = f_d dd/dq vanishes at every edge,
whatever f does, so values decide: those of the profile over y at growing distances, to the first
that differs from the value on the edge by more than rounding.

Where a scalar is at its edge others may have no effect: they are free there. The edge is a maximum
if the density falls on leaving it wherever they stand.

References
----------
Self and Liang 1987, Journal of the American Statistical Association 82:605,
doi:10.1080/01621459.1987.10478472.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from bayeswrap.estimates.numerics.derivatives import whiten
from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.numerics.newton import newton_ascent
from bayeswrap.estimates.optimization.verification import clean_optimum
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.support import SupportEdges
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "Departure",
    "departure",
    "edge_maximum",
    "inside",
    "joined",
    "narrower",
    "on_edge",
]


# log units: exp(-60) of a scale is closer to the edge than any digit shows; nearer where rounding
# makes the edge itself of it, and the program refuses that
_EDGES = (60.0, 30.0, 15.0)
_STRIDE = 2.0  # log units
_LEVEL_STRIDES = 2  # over which the others may make up for a fall that can be measured
_SUDDEN = float(np.exp(4 * _STRIDE))  # more than a fourth power of the distance grows in a stride
_FARTHEST_BACK = 10.0  # log units on the other side of 1: exp(10) of a scale
_LEVELLED = 10.0  # log units before the edge, where a density with a limit is level
_AS_HIGH = 1e-6  # relative: an edge this far below a point may be its limit
_MEASURABLE = 1e-7  # relative: a change of the value that is no rounding
_UNDETERMINED = 3.0  # log units of standard error: the distance from the edge is within its error
_CANDIDATES_MAX = 6
_FOLLOWED_MAX = 30  # coordinates: with more, the others do not follow to each edge
_NO_SLOPE = 1e-9  # relative
_SHIFTS = (0.1, 0.3, 1.0)  # units of the unconstrained scale
_CENTRAL = 2.0  # units of the unconstrained scale: Stan's own range of initial values
_FREE_PLACES = (0.0, -2.0, -1.0, 1.0, 2.0)  # where free coordinates stand, unconstrained
_SLOPES_MAX = 60  # gradients for each free coordinate
_PLACE = 1e-3  # units of the unconstrained scale, and relative to the slope
_DECADE = float(np.log(10))  # log units: a scale ten times smaller
_NARROWER = 0.5  # of the spread before


@dataclass(frozen=True, slots=True)
class Departure:
    """What a density does on leaving an edge.

    Attributes
    ----------
    change : float
        The first change of the profile that can be measured, nats; 0 where none can.
    q : (dimension,) array
        Where it was measured.
    """

    change: float
    q: np.ndarray


def departure(
    function: Function, q: np.ndarray, outward: np.ndarray, others: Sequence[int]
) -> Departure:
    """Leave an edge, the other coordinates following, until the value changes.

    Parameters
    ----------
    function : callable
        Value and gradient.
    q : (dimension,) array
        On the edge.
    outward : (dimension,) array
        The direction that leads to it, with a largest entry of 1 or -1: one coordinate, or a
        slanted one to a face of a simplex. The largest stays where it is put.
    others : sequence of int
        The coordinates that follow; the rest moves along the direction alone.
    """
    value, others = function(q)[0], list(others)
    least = _MEASURABLE * (1 + abs(value))
    farthest = float(np.abs(q[np.argmax(np.abs(outward))])) + _FARTHEST_BACK
    level = 0
    for away in np.arange(_STRIDE, farthest, _STRIDE):
        at = q - away * outward
        change = function(at)[0] - value
        if abs(change) < least or not np.isfinite(change):
            continue
        if change < 0 and others:
            # f_d < 0 settles it; where f_d is 0 the others may turn the fall into a rise
            following = newton_ascent(restricted(function, at, others), at[others])
            at[others], change = following.q, following.value - value
        if abs(change) >= least:
            if level and abs(change) > _SUDDEN * least:
                break
            return Departure(float(change), at)
        level += 1
        if level > _LEVEL_STRIDES:
            break
    # a ridge leads away from the edge, and ends somewhere
    return Departure(0.0, q)


def inside(function: Function, q: np.ndarray, outward: np.ndarray) -> np.ndarray:
    """Return the highest place on the way from an edge where the density rises on leaving it.

    Next to the edge slope and curvature are too small for an ascent.
    """
    value, farthest = function(q)[0], float(np.abs(q[np.argmax(np.abs(outward))]))
    for away in np.arange(_STRIDE, farthest + _FARTHEST_BACK, _STRIDE):
        height = function(q - away * outward)[0]
        if not height > value:
            return np.asarray(q - (away - _STRIDE) * outward)
        value = height
    return q


def on_edge(function: Function, maximum: Optimum, edges: SupportEdges) -> list[tuple[int, float]]:
    """Return the coordinates of a clean maximum that may as well lie on their edge, with its side.

    Next to an edge the density may be linear in the distance, f = f_d exp(q): then slope and
    curvature are as small as they are alike, and look like those of a maximum.
    """
    found: list[tuple[int, float]] = []
    spread = np.linalg.norm(maximum.root, axis=1)
    for i in np.flatnonzero(spread > _UNDETERMINED):
        side = float(np.sign(maximum.q[i])) or -1.0
        if not edges.reached(int(i), side):
            continue
        sent = _sent(function, maximum.q, int(i), side)
        if sent is not None and _is_as_high(function(sent)[0], maximum.value):
            found.append((int(i), side))
    return found


def edge_maximum(  # noqa: PLR0917 - a search and its place
    function: Function,
    q: np.ndarray,
    value: float,
    edges: SupportEdges,
    climb: Callable[[Function, np.ndarray, SupportEdges], Optimum],
    sides: Sequence[tuple[int, float]] | None = None,
) -> Optimum | None:
    """Return the maximum on an edge next to the end of an ascent; None if there is none.

    Parameters
    ----------
    function : callable
        Value and gradient.
    q : (dimension,) array
        Where an ascent ended.
    value : float
        Objective there, nats.
    edges : SupportEdges
        Where coordinates lead to a finite edge.
    climb : callable
        From function, start and edges to an optimum.
    sides : sequence of (int, float), optional
        Coordinates and sides to try; all that have an edge if not given.

    Returns
    -------
    Optimum or None
        On an edge; or, where the density rises on leaving it, what a climb from there leads to.
    """
    for leading, sign, sent in _candidates(function, q, value, edges, sides):
        found = _maximum_at(function, sent, leading, sign, edges, climb)
        if found is not None and found.value >= value - _AS_HIGH * (1 + abs(value)):
            return found
    return None


def _candidates(
    function: Function,
    q: np.ndarray,
    value: float,
    edges: SupportEdges,
    sides: Sequence[tuple[int, float]] | None,
) -> Iterator[tuple[int, float, np.ndarray]]:
    """Yield coordinates at edges that are as high as a point, the highest first."""
    if sides is None:
        sides = [(i, s) for i in range(q.size) for s in (-1.0, 1.0) if edges.reached(i, s)]
    sent = [(i, s, at) for i, s in sides if (at := _sent(function, q, i, s)) is not None]
    heights = [function(at)[0] for _, _, at in sent]
    for k in np.argsort([-h for h in heights], kind="stable")[:_CANDIDATES_MAX]:
        i, sign, at = sent[k]
        # a coordinate of a simplex reaches no face by itself
        follows = edges.alone[i] and q.size <= _FOLLOWED_MAX
        if not (follows or _is_as_high(heights[k], value)):
            continue
        if _levels_off(function, at, i, sign):
            yield i, sign, at


def _is_as_high(height: float, value: float) -> bool:
    return bool(height > value - _AS_HIGH * (1 + abs(value)))


def _sent(function: Function, q: np.ndarray, i: int, sign: float) -> np.ndarray | None:
    """Return a position with one coordinate at its edge, or as near as the program allows."""
    for distance in _EDGES:
        at = q.copy()
        at[i] = sign * distance
        if np.isfinite(function(at)[0]):
            return at
    return None


def _levels_off(function: Function, at: np.ndarray, i: int, sign: float) -> bool:
    """Return whether the density has a limit on an edge: without bound it still rises there."""
    before = at.copy()
    before[i] -= sign * _LEVELLED / 2
    value = function(at)[0]
    return bool(abs(function(before)[0] - value) < _AS_HIGH * (1 + abs(value)))


def _maximum_at(  # noqa: PLR0917 - a search and its place
    function: Function,
    sent: np.ndarray,
    leading: int,
    sign: float,
    edges: SupportEdges,
    climb: Callable[[Function, np.ndarray, SupportEdges], Optimum],
) -> Optimum | None:
    """Maximise over the others with one coordinate on its edge, and leave the edge."""
    free = _freed(function, sent, leading, edges)
    at = sent.copy()
    at[free] = 0.0
    rest = [i for i in range(at.size) if i != leading and i not in free]
    chosen = np.isin(np.arange(at.size), rest)
    inner = climb(restricted(function, at, rest), at[rest], edges.of(chosen))
    if not inner.status.is_estimate or not _levels_off(function, at, leading, sign):
        return None
    at[rest] = inner.q
    if narrower(function, at, rest, inner, leading, sign):
        return None
    outward = np.zeros(at.size)
    outward[leading] = sign
    departures = _departures(function, at, outward, inner.followers(rest), free)
    highest = max(departures, key=lambda d: d.change)
    if highest.change > 0:
        return clean_optimum(function, inside(function, highest.q, outward), edges)
    if not any(d.change < 0 for d in departures):
        return None
    whole = joined(at, rest, inner, leading, outward)
    return replace(whole, free=tuple(sorted({*free, *whole.free})))


def _departures(
    function: Function,
    at: np.ndarray,
    outward: np.ndarray,
    followers: Sequence[int],
    free: Sequence[int],
) -> list[Departure]:
    """Leave an edge with the free coordinates at several places, and where it falls least."""
    if not free:
        return [departure(function, at, outward, followers)]
    departures = []
    for place in _FREE_PLACES:
        begin = at.copy()
        begin[list(free)] = place
        departures.append(departure(function, begin, outward, followers))
    moved = [d for d in departures if d.change != 0]
    if not moved or max(d.change for d in moved) > 0:
        return departures
    least = max(moved, key=lambda d: d.change)
    begin = _least_fall(function, least.q, outward, list(free))
    leading = int(np.argmax(np.abs(outward)))
    begin[leading] = at[leading]
    return [*departures, departure(function, begin, outward, followers)]


def _least_fall(
    function: Function, q: np.ndarray, outward: np.ndarray, free: list[int]
) -> np.ndarray:
    """Move the free coordinates to where the density falls least on leaving the edge.

    The slope df/dq of the one that leaves is f_d dd/dq: f_d as a function of the free ones.
    """

    def slope(y: np.ndarray) -> float:
        at = q.copy()
        at[free] = y
        value, gradient = function(at)
        return float(outward @ gradient) / size if np.isfinite(value) else np.inf

    size = 1.0
    size = max(abs(slope(q[free])), 1e-300)
    options = {"maxfev": _SLOPES_MAX * len(free), "xatol": _PLACE, "fatol": _PLACE}
    with_least = q.copy()
    found = minimize(slope, q[free], method="Nelder-Mead", options=options)  # type: ignore[call-overload]
    with_least[free] = found.x
    return with_least


def _freed(function: Function, sent: np.ndarray, leading: int, edges: SupportEdges) -> list[int]:
    """Return the coordinates that have no effect while one stands on its edge."""
    ended = np.array([b or a for b, a in zip(edges.below, edges.above, strict=True)])
    middle = np.where(ended, np.clip(sent, -_CENTRAL, _CENTRAL), sent)
    rng = np.random.default_rng(0)
    steep = np.zeros(sent.size, dtype=bool)
    proofs = 0
    for shift in _SHIFTS:
        at = middle + shift * rng.normal(size=sent.size)
        at[leading] = sent[leading]
        value, gradient = function(at)
        if np.isfinite(value) and np.isfinite(gradient).all():
            proofs += 1
            steep |= np.abs(gradient) > _NO_SLOPE * (1 + abs(value))
    if proofs < len(_SHIFTS) - 1:
        return []
    return [i for i in np.flatnonzero(~steep).tolist() if i != leading]


def narrower(  # noqa: PLR0917 - one step of the edge
    function: Function,
    q: np.ndarray,
    rest: Sequence[int],
    inner: Optimum,
    leading: int,
    sign: float,
) -> bool:
    """Return whether the spread of some coordinate shrinks when an edge comes nearer.

    The others are then squeezed to a point: this is no edge on which they have a maximum.
    """
    if not inner.root.size:
        return False
    further = q.copy()
    further[leading] += sign * _DECADE
    beyond = whiten(restricted(function, further, rest), inner.q, inner.root)
    before, after = (np.linalg.norm(root, axis=1) for root in (inner.root, beyond))
    return bool((after < _NARROWER * before).any())


def joined(
    at: np.ndarray, rest: Sequence[int], inner: Optimum, leading: int, outward: np.ndarray
) -> Optimum:
    """Return the maximum over the others, with one coordinate on its edge, as one of all."""
    whole = inner.embedded(np.array(rest, dtype=int), at)
    return replace(
        whole,
        status=Status.BOUNDARY,
        excluded=tuple(sorted({leading, *whole.excluded})),
        direction=outward,
    )
