"""What kind of point a climb ended on: a maximum, an edge, a ridge, infinity, a kink, a saddle.

Imports `optimum` and `status`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.edges import Edges, collapse, edges_of, pulled_back
from bayeswrap.estimates.kinks import kinked_maximum, restricted
from bayeswrap.estimates.optimum import Climb, climb, hessian_along, whiten
from bayeswrap.estimates.status import Status

if TYPE_CHECKING:
    from bayeswrap.estimates.optimum import Function

__all__ = ["Edges", "Optimum", "clean_optimum", "edges_of", "find_optimum"]

_VERIFIED = 1e-5
_WHITE = 0.1  # whitened eigenvalues of a clean maximum lie within this of -1
_FAR = 60.0  # exp(-60) of a scale: closer to the edge than any digit shows
_DECADE = float(np.log(10))  # a scale ten times smaller
_WIDEST = 100.0  # standard errors beyond this multiple of the position tell of a plateau
_COMPONENT = 0.05  # of the largest entry of a direction


@dataclass(frozen=True, slots=True, kw_only=True)
class Optimum:
    """A point with its verified status and curvature.

    Attributes
    ----------
    q : (dimension,) array
        Unconstrained position.
    value : float
        Objective there, nats.
    status : Status
        What kind of point it is.
    root : (dimension, k) array
        T with covariance T T'; rows of zeros for coordinates without curvature.
    decrement : float
        Newton decrement, in standard errors.
    condition : float
        Condition number of the information matrix scaled to a unit diagonal.
    hessian_error : float
        Bound on the relative error of the Hessian: difference between two step sizes.
    excluded : tuple of int
        Coordinates without curvature (on an edge or a kink).
    direction : (dimension,) array
        The direction along which there is no maximum, where that is the status.
    """

    q: np.ndarray
    value: float
    status: Status
    root: np.ndarray
    decrement: float
    condition: float
    hessian_error: float = 0.0
    excluded: tuple[int, ...] = ()
    direction: np.ndarray | None = None


def find_optimum(function: Function, start: np.ndarray, edges: Edges) -> Optimum:
    """Climb to a maximum and say what was found.

    Parameters
    ----------
    function : callable
        Value and gradient on the unconstrained scale.
    start : (dimension,) array
        A point with finite density.
    edges : Edges
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
    found = climb(function, start)
    clean = _clean_maximum(function, found)
    if clean is not None:
        return clean
    if found.soars:
        return _bare(found.q, found.value, Status.UNBOUNDED, found)
    return _on_kinks(function, found) or _without_maximum(function, found, edges)


def clean_optimum(function: Function, start: np.ndarray, edges: Edges) -> Optimum:
    """Climb to a maximum, without a word on what was found where it is none.

    A tenth of the work of `find_optimum` where a climb leads nowhere.

    Parameters
    ----------
    function, start, edges
        As for `find_optimum`.
    """
    if start.size == 0:
        return _nothing_free(function, start)
    start = pulled_back(function, start, edges)
    found = climb(function, start)
    clean = _clean_maximum(function, found)
    return clean or _bare(found.q, found.value, Status.NOT_CONVERGED, found)


def _nothing_free(function: Function, q: np.ndarray) -> Optimum:
    return Optimum(
        q=q,
        value=function(q)[0],
        status=Status.CONVERGED,
        root=np.zeros((0, 0)),
        decrement=0.0,
        condition=1.0,
    )


def _bare(q: np.ndarray, value: float, status: Status, found: Climb | None = None) -> Optimum:
    return Optimum(
        q=q,
        value=value,
        status=status,
        root=np.full((q.size, 1), np.nan),
        decrement=found.decrement if found else np.inf,
        condition=np.inf,
        direction=found.last_step if found else None,
    )


def _clean_maximum(function: Function, found: Climb) -> Optimum | None:
    """Return the optimum if slope and curvature prove one."""
    if found.drifts or found.decrement > _VERIFIED:
        return None
    root = whiten(function, found.q, found.root)
    # another step size than the one that made the root: noise does not repeat itself
    again = hessian_along(function, found.q, root, h=2e-3)
    eigenvalues = np.linalg.eigvalsh(again)
    if np.abs(eigenvalues + 1).max() > _WHITE or _reaches_nowhere(function, found.q, root):
        return None
    found = _polished(function, found, root)
    return Optimum(
        q=found.q,
        value=found.value,
        status=Status.CONVERGED,
        root=root,
        decrement=found.decrement,
        condition=_condition(root),
        hessian_error=float(np.abs(again + np.eye(len(again))).max()),
    )


def _polished(function: Function, found: Climb, root: np.ndarray) -> Climb:
    """Take one more Newton step for the last digits; it costs one gradient."""
    q = found.q + root @ (root.T @ function(found.q)[1])
    value, gradient = function(q)
    if not np.isfinite(value):
        return found
    decrement = float(np.linalg.norm(root.T @ gradient))
    if decrement >= found.decrement:
        return found
    return replace(found, q=q, value=value, decrement=decrement)


def _reaches_nowhere(function: Function, q: np.ndarray, root: np.ndarray) -> bool:
    """Tell whether ten standard errors away, along some direction, the value has not fallen.

    At an ordinary maximum it falls by 50 nats; on the plateau of a vanished likelihood it
    does not fall at all. Where it falls first, and rises again beyond, there is another mode.
    """
    value = function(q)[0]

    def highest(column: np.ndarray, distance: float) -> float:
        return max(function(q + sign * distance * column)[0] for sign in (-1, 1))

    for column in root.T:
        far = highest(column, 10)
        level = np.isfinite(far) and far > value - 1e-6 * (1 + abs(value))
        # half a nat of the two that a parabola loses on the way
        if level and highest(column, 2) > value - 0.5:
            return True
    return False


def _condition(root: np.ndarray) -> float:
    if not root.size:
        return 1.0
    lengths = np.linalg.norm(root, axis=1)
    if not lengths.all() or not np.isfinite(lengths).all():
        return float("inf")
    singular = np.linalg.svd(root / lengths[:, np.newaxis], compute_uv=False)
    return float((singular[0] / singular[-1]) ** 2) if singular[-1] > 0 else float("inf")


def _on_kinks(function: Function, found: Climb) -> Optimum | None:
    """Return the optimum if some coordinates rest on kinks of the density."""
    scale = np.linalg.norm(found.root, axis=1)
    if not np.isfinite(scale).all() or not (scale > 0).all():
        return None
    # on a plateau far out the root is endless, and seen from there any bend is a kink
    scale = np.minimum(scale, _WIDEST * np.maximum(1.0, np.abs(found.q)))
    kinked = kinked_maximum(function, found.q, scale)
    if kinked is None:
        return None
    q, held, rest = kinked
    free = [i for i in range(q.size) if i not in held]
    root = np.zeros((q.size, len(free)))
    root[free] = rest.root
    return Optimum(
        q=q,
        value=function(q)[0],
        status=Status.NONSMOOTH,
        root=root,
        decrement=rest.decrement,
        condition=_condition(rest.root),
        excluded=tuple(sorted(held)),
    )


def _without_maximum(function: Function, found: Climb, edges: Edges) -> Optimum:
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


def _suspects(function: Function, found: Climb) -> list[np.ndarray]:
    """Return directions without clean curvature, and the last step, scaled to a largest entry 1."""
    root = whiten(function, found.q, found.root)
    curvature = hessian_along(function, found.q, root, h=2e-3)
    eigenvalues, vectors = np.linalg.eigh(curvature)
    odd = np.abs(eigenvalues + 1) > _WHITE
    lengths = np.abs(root).max(axis=0)
    columns = [root @ vectors[:, j] for j in np.flatnonzero(odd)]
    columns += [root[:, j] for j in np.argsort(-lengths)[:2]]
    candidates = [c / np.abs(c).max() for c in (found.last_step, *columns) if np.abs(c).max() > 0]
    # far out, small components of a step that belong to other coordinates would spoil the ray
    cut = [np.where(np.abs(c) > _COMPONENT, c, 0.0) for c in candidates]
    return [c for pair in zip(candidates, cut, strict=True) for c in pair]


def _at_the_end(function: Function, found: Climb, outward: np.ndarray, edges: Edges) -> Optimum:
    moving = [i for i in range(outward.size) if abs(outward[i]) > _COMPONENT]
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


def _by_curvature(function: Function, found: Climb) -> Optimum:
    """Name a point that is no maximum although every ray falls in the end."""
    ended = _bare(found.q, found.value, Status.NOT_CONVERGED, found)
    if found.decrement > _VERIFIED:
        return ended
    root = whiten(function, found.q, found.root)
    _, vectors = np.linalg.eigh(hessian_along(function, found.q, root, h=2e-3))
    uphill = root @ vectors[:, -1]
    if _rises(function, found, uphill):
        return replace(ended, status=Status.SADDLE, direction=uphill)
    # the longest axis of the root is the direction in which the value falls least
    longest = np.linalg.svd(root)[0][:, 0]
    return replace(ended, status=Status.FLAT, direction=longest)


def _rises(function: Function, found: Climb, direction: np.ndarray) -> bool:
    """Tell whether the value rises along a direction in which the curvature seems positive.

    Along a flat direction the sign of the curvature is noise; the value then stays where it is.
    """
    for t in (0.1, 0.3, 1.0):
        gains = [function(found.q + s * t * direction)[0] - found.value for s in (-1, 1)]
        if max(gains) > t**2 / 4:  # half of what a whitened eigenvalue of +1 promises
            return True
    return False
