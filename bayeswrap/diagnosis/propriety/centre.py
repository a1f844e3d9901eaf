"""Where tails are followed from: a point in the middle of a density, and the lines through it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.diagnosis.propriety.evaluation_budget import BudgetSpentError, EvaluationBudget
from bayeswrap.estimates.numerics.derivatives import (
    OTHER_STEP,
    diagonal_scale,
    hessian_along,
    whiten,
)
from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.numerics.lbfgs import rough_ascent
from bayeswrap.program.syntax.constraints import constraint_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "Centre",
    "Line",
    "centre_of",
    "line_along",
]


_FAR = 30.0  # standard errors, or units where there is no curvature
_FAR_LOG = 15.0  # units of a log scale: a factor of three million, squared at twice the distance
_CENTRAL = 3.0  # a log scale that ran to an edge starts from here
_FOR_THE_CENTRE = 0.25  # share of the budget
_WHITENINGS = 3
_WHITE = 0.2
_SETTLED = 0.2  # standard errors that a mode may be off


@dataclass(frozen=True, slots=True)
class Line:
    """A direction to follow: its name, its length of a unit, and what lies at its ends."""

    name: str
    direction: np.ndarray
    far: float
    ends: tuple[str, str]
    on_log_scale: bool = False

    @property
    def unit(self) -> float:
        """A typical distance along it."""
        return self.far / _FAR


@dataclass(frozen=True, slots=True)
class Centre:
    """The density of the coordinates that move, and a point in its middle."""

    function: EvaluationBudget
    position: np.ndarray
    spread: np.ndarray
    names: tuple[str, ...]
    kinds: tuple[str, ...]

    def line(self, i: int) -> Line:
        """Return the line of one coordinate."""
        kind, direction = self.kinds[i], np.eye(self.position.size)[i]
        on_log_scale = kind != "Identity"
        far = _FAR_LOG if on_log_scale else float(_FAR * self.spread[i])
        return Line(self.names[i], direction, far, _ends(kind), on_log_scale)


def centre_of(
    problem: Problem, function: Function, q: np.ndarray | None, budget: int
) -> tuple[np.ndarray, Centre]:
    """Return the coordinates that move, and their centre.

    Parameters
    ----------
    problem : Problem
        Knows the transforms and what is held.
    function : callable
        Value and gradient of all coordinates.
    q : (dimension,) array or None
        Where the search for a mode ended.
    budget : int
        Most evaluations.
    """
    coordinates, held = problem.coordinates, problem.fixed_coordinates
    base = np.zeros(len(coordinates.names)) if q is None else np.array(q, dtype=np.float64)
    base[list(held)] = list(held.values())
    free = np.array([i for i in range(base.size) if i not in held], dtype=int)
    moving = tuple(coordinates.kinds[i] for i in free)
    budgeted = EvaluationBudget(restricted(function, base, free.tolist()), budget)
    position, spread = _centre(budgeted, base[free], moving, climbs=q is None)
    names = tuple(coordinates.names[i] for i in free)
    return free, Centre(budgeted, position, spread, names, moving)


def _centre(
    function: EvaluationBudget, q: np.ndarray, kinds: Sequence[str], *, climbs: bool
) -> tuple[np.ndarray, np.ndarray]:
    """Return a point in the middle, and the standard error of each coordinate there."""
    function.allow(_FOR_THE_CENTRE)
    on_log_scale = np.array([k != "Identity" for k in kinds], dtype=bool)
    spread = None
    with suppress(BudgetSpentError):
        q = rough_ascent(function, q) if climbs and np.isfinite(function(q)[0]) else q
        spread = _clean_spread(function, q)
    if spread is not None:
        return q, spread
    # a search without a mode ran to some edge: its end is no centre
    function.allow(1.0)
    inside = np.where(on_log_scale, np.clip(q, -_CENTRAL, _CENTRAL), q)
    with suppress(BudgetSpentError):
        q = inside if np.isfinite(function(inside)[0]) else q
    return q, np.maximum(1.0, np.abs(q))


def _clean_spread(function: Function, q: np.ndarray) -> np.ndarray | None:
    """Return the standard errors at an ordinary maximum."""
    if not q.size or not np.isfinite(function(q)[0]):
        return None
    root = np.diag(diagonal_scale(function, q, function(q)[1]))
    for _ in range(_WHITENINGS):
        root = whiten(function, q, root)
    eigenvalues = np.linalg.eigvalsh(hessian_along(function, q, root, h=OTHER_STEP))
    slope = np.linalg.norm(root.T @ function(q)[1])
    clean = np.abs(eigenvalues + 1).max() < _WHITE and slope < _SETTLED
    return np.asarray(np.linalg.norm(root, axis=1)) if clean else None


def line_along(centre: Centre, direction: np.ndarray) -> Line:
    """Return the line of a direction that is no coordinate."""
    far = _FAR * max(1.0, float(np.abs(centre.position).max()))
    return Line("a flat direction", direction, far, ("one end", "the other end"))


def _ends(kind: str) -> tuple[str, str]:
    """Return what lies at both ends of a coordinate, in words."""
    constraint = constraint_of(kind)
    if constraint.exp_sign > 0:
        return "its lower bound", "infinity"
    if constraint.exp_sign < 0:
        return "its upper bound", "-infinity"
    return ("an edge", "an edge") if constraint.compact else ("-infinity", "infinity")
