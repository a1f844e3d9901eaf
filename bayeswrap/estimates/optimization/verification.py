"""Verification of a maximum: gradient, curvature and kinks at a point.

A point q is a verified maximum where, with T T' = (-H)^-1, the Newton decrement |T'g| vanishes, all
eigenvalues of T'HT are close to -1 for another step size as well, and the value falls along every
column of T.

References
----------
Boyd and Vandenberghe, Convex Optimization, 2004, 9.5.1 (the Newton decrement).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import OTHER_STEP, hessian_along, whiten
from bayeswrap.estimates.numerics.newton import (
    AscentEnd,
    NewtonAscent,
    newton_ascent,
)
from bayeswrap.estimates.numerics.nonsmooth import kinked_maximum
from bayeswrap.estimates.optimization.boundary import pulled_back
from bayeswrap.estimates.optimization.slope_check import is_slope_of_values
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status
from bayeswrap.thresholds import (
    CLEAN_EIGENVALUE,
    PLATEAU_WIDTH,
    VERIFIED_DECREMENT,
)

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.support import SupportEdges

__all__ = [
    "clean_optimum",
    "maximum_on_kinks",
    "optimum_without_coordinates",
    "unfinished",
    "unverified",
    "verified_maximum",
]


_FAR = 10.0  # standard errors
_NEAR = 2.0  # standard errors
_NEAR_FALL = 0.5  # nats, of the two that a parabola falls within two standard errors
_LEVEL = 1e-6  # relative: less is no fall of the value


def clean_optimum(function: Function, start: np.ndarray, edges: SupportEdges) -> Optimum:
    """Climb to a maximum; NOT_CONVERGED where the ascent ends on none, without a reason.

    A tenth of the work of `find_optimum` where an ascent leads nowhere.

    Parameters
    ----------
    function, start, edges
        As for `find_optimum`.
    """
    if start.size == 0:
        return optimum_without_coordinates(function, start)
    start = pulled_back(function, start, edges)
    ascent = newton_ascent(function, start)
    maximum = verified_maximum(function, ascent)
    if maximum is None or maximum.contradicted_at is not None:
        return unverified(ascent, Status.NOT_CONVERGED)
    return maximum


def optimum_without_coordinates(function: Function, q: np.ndarray) -> Optimum:
    """Return the optimum of a function of nothing: every coordinate is held."""
    return Optimum(
        q=q,
        value=function(q)[0],
        status=Status.CONVERGED,
        root=np.zeros((0, 0)),
        decrement=0.0,
        condition=1.0,
    )


def unfinished(q: np.ndarray, value: float) -> Optimum:
    """Return a point where a climb stopped, without slope or curvature.

    Parameters
    ----------
    q : (dimension,) array
        Position.
    value : float
        Objective there.
    """
    return Optimum(
        q=q,
        value=value,
        status=Status.NOT_CONVERGED,
        root=np.full((q.size, 1), np.nan),
        decrement=np.inf,
        condition=np.inf,
    )


def unverified(
    ascent: NewtonAscent, status: Status, direction: np.ndarray | None = None
) -> Optimum:
    """Return the end of an ascent that is no maximum, without curvature.

    Parameters
    ----------
    ascent : NewtonAscent
        Where it ended.
    status : Status
        What kind of point it is.
    direction : (dimension,) array, optional
        The direction along which there is no maximum; the last step if not given.
    """
    return Optimum(
        q=ascent.q,
        value=ascent.value,
        status=status,
        root=np.full((ascent.q.size, 1), np.nan),
        decrement=ascent.decrement,
        condition=np.inf,
        direction=ascent.last_step if direction is None else direction,
    )


def verified_maximum(function: Function, ascent: NewtonAscent) -> Optimum | None:
    """Return the optimum if slope and curvature prove one.

    Parameters
    ----------
    function : callable
        Value and gradient.
    ascent : NewtonAscent
        Where it ended.
    """
    if ascent.end is AscentEnd.DIVERGED or ascent.decrement > VERIFIED_DECREMENT.value:
        return None
    root = whiten(function, ascent.q, ascent.root)
    # another step size than the one that made the root: noise does not repeat itself
    hessian = hessian_along(function, ascent.q, root, h=OTHER_STEP)
    # T'HT = -I at a maximum with T T' = (-H)^-1
    largest_error = np.abs(np.linalg.eigvalsh(hessian) + 1).max()
    if largest_error > CLEAN_EIGENVALUE.value or _is_on_plateau(function, ascent.q, root):
        return None
    ascent = _polished(function, ascent, root)
    agrees = is_slope_of_values(function, ascent.q, root)
    return Optimum(
        q=ascent.q,
        value=ascent.value,
        status=Status.CONVERGED,
        root=root,
        decrement=ascent.decrement,
        condition=_condition(root),
        hessian_error=float(np.abs(hessian + np.eye(len(hessian))).max()),
        contradicted_at=None if agrees else ascent.q,
    )


def _polished(function: Function, ascent: NewtonAscent, root: np.ndarray) -> NewtonAscent:
    """Take one more Newton step for the last digits; it costs one gradient."""
    # q + (-H)^-1 g, with (-H)^-1 = T T'
    q = ascent.q + root @ (root.T @ function(ascent.q)[1])
    value, gradient = function(q)
    if not np.isfinite(value):
        return ascent
    decrement = float(np.linalg.norm(root.T @ gradient))
    if decrement >= ascent.decrement:
        return ascent
    return replace(ascent, q=q, value=value, decrement=decrement)


def _is_on_plateau(function: Function, q: np.ndarray, root: np.ndarray) -> bool:
    """Return whether ten standard errors away, along some direction, the value has not fallen.

    At an ordinary maximum it falls by z^2 / 2 = 50 nats; on the plateau of a vanished likelihood it
    does not fall at all. Where it falls first, and rises again beyond, there is another mode.
    """
    value = function(q)[0]

    def highest(column: np.ndarray, distance: float) -> float:
        return max(function(q + sign * distance * column)[0] for sign in (-1, 1))

    for column in root.T:
        far = highest(column, _FAR)
        level = np.isfinite(far) and far > value - _LEVEL * (1 + abs(value))
        if level and highest(column, _NEAR) > value - _NEAR_FALL:
            return True
    return False


def _condition(root: np.ndarray) -> float:
    """Return the condition number of the covariance T T', scaled to a unit diagonal."""
    if not root.size:
        return 1.0
    lengths = np.linalg.norm(root, axis=1)
    if not lengths.all() or not np.isfinite(lengths).all():
        return float("inf")
    # cond(S S') = cond(S)^2 for S = T with rows of length 1
    singular = np.linalg.svd(root / lengths[:, np.newaxis], compute_uv=False)
    return float((singular[0] / singular[-1]) ** 2) if singular[-1] > 0 else float("inf")


def maximum_on_kinks(function: Function, ascent: NewtonAscent) -> Optimum | None:
    """Return the optimum if some coordinates rest on kinks of the density.

    Parameters
    ----------
    function : callable
        Value and gradient.
    ascent : NewtonAscent
        Where an ascent that knows no kinks ended.
    """
    scale = np.linalg.norm(ascent.root, axis=1)
    if not np.isfinite(scale).all() or not (scale > 0).all():
        return None
    # on a plateau far out the root is huge, and over its length any bend is a kink
    scale = np.minimum(scale, PLATEAU_WIDTH.value * np.maximum(1.0, np.abs(ascent.q)))
    kinked = kinked_maximum(function, ascent.q, scale)
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
