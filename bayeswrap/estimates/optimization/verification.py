"""Verification of a maximum: gradient, curvature and kinks at a point."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import hessian_along, whiten
from bayeswrap.estimates.numerics.newton import NewtonAscent, newton_ascent
from bayeswrap.estimates.numerics.nonsmooth import kinked_maximum
from bayeswrap.estimates.optimization.boundary import pulled_back
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import CLEAN_EIGENVALUE, PLATEAU_WIDTH, VERIFIED_DECREMENT

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.support import SupportEdges

__all__ = [
    "_bare",
    "_clean_maximum",
    "_nothing_free",
    "_on_kinks",
    "clean_optimum",
]


def clean_optimum(function: Function, start: np.ndarray, edges: SupportEdges) -> Optimum:
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
    found = newton_ascent(function, start)
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


def _bare(
    q: np.ndarray, value: float, status: Status, found: NewtonAscent | None = None
) -> Optimum:
    return Optimum(
        q=q,
        value=value,
        status=status,
        root=np.full((q.size, 1), np.nan),
        decrement=found.decrement if found else np.inf,
        condition=np.inf,
        direction=found.last_step if found else None,
    )


def _clean_maximum(function: Function, found: NewtonAscent) -> Optimum | None:
    """Return the optimum if slope and curvature prove one."""
    if found.diverges or found.decrement > VERIFIED_DECREMENT.value:
        return None
    root = whiten(function, found.q, found.root)
    # another step size than the one that made the root: noise does not repeat itself
    again = hessian_along(function, found.q, root, h=2e-3)
    eigenvalues = np.linalg.eigvalsh(again)
    if np.abs(eigenvalues + 1).max() > CLEAN_EIGENVALUE.value or _reaches_nowhere(
        function, found.q, root
    ):
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


def _polished(function: Function, found: NewtonAscent, root: np.ndarray) -> NewtonAscent:
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


def _on_kinks(function: Function, found: NewtonAscent) -> Optimum | None:
    """Return the optimum if some coordinates rest on kinks of the density."""
    scale = np.linalg.norm(found.root, axis=1)
    if not np.isfinite(scale).all() or not (scale > 0).all():
        return None
    # on a plateau far out the root is endless, and seen from there any bend is a kink
    scale = np.minimum(scale, PLATEAU_WIDTH.value * np.maximum(1.0, np.abs(found.q)))
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
