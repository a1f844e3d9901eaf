"""From a rough mode to a verified one: Newton steps on exact gradients in whitened coordinates.

The Hessian is only ever formed along the columns of a matrix T in which it is close to -I, so that
a badly scaled program loses the digits of its condition number, not of its square (Nocedal &
Wright, Numerical Optimization, 2006, ch. 3 and 6; the saddle-free step takes |lambda|).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import _ENDLESS, diagonal_scale, whiten
from bayeswrap.thresholds import VERIFIED_DECREMENT

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "NewtonAscent",
    "newton_ascent",
]


_STEPS = 150
_TIGHT = 1e-11
_STALLED = 4
_DRIFT_STEPS = 6
_DRIFT_RATIO = 0.4
_FADED = 1e-2
_UNIT_STEP = 0.1
_SOARING = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NewtonAscent:
    """Where a climb ended, and how it went.

    Attributes
    ----------
    q : (dimension,) array
        Unconstrained position with the smallest decrement.
    value : float
        Objective there, nats.
    root : (dimension, k) array
        T, with T'HT close to -I at an ordinary maximum.
    decrement : float
        Newton decrement: the length of the step that is left, in standard errors.
    last_step : (dimension,) array
        The last step taken.
    drifts : bool
        The steps did not shrink although the slope faded: there is no maximum this way.
    soars : bool
        The value rose without end.
    """

    q: np.ndarray
    value: float
    root: np.ndarray
    decrement: float
    last_step: np.ndarray
    diverges: bool
    is_unbounded: bool


@dataclass(slots=True)
class _Trace:
    """The path of a climb."""

    values: list[float]
    steps: list[np.ndarray]
    decrements: list[float]
    ratios: list[float]

    def note(self, step: np.ndarray, value: float, *, limited: bool) -> None:
        """Add a step; one that a trust region cut short is `limited`."""
        if limited:
            # the length of such a step tells of the radius, not of the function
            self.ratios.clear()
        elif self.steps:
            before = self.steps[-1]
            at = int(np.argmax(np.abs(before)))
            self.ratios.append(float(abs(step[at]) / max(abs(before[at]), 1e-300)))
        self.steps.append(step)
        self.values.append(value)

    def diverges(self) -> bool:
        """Tell whether the last steps did not shrink although the slope faded."""
        last = self.ratios[-_DRIFT_STEPS:]
        steady = len(last) == _DRIFT_STEPS and min(last) > _DRIFT_RATIO
        return bool(steady and self.decrements[-1] < _FADED and self._far())

    def _far(self) -> bool:
        return bool(np.abs(self.steps[-1]).max() > _UNIT_STEP)

    def is_unbounded(self, q: np.ndarray) -> bool:
        """Tell whether the value still rose by nats in the second half, far from the start."""
        half = self.values[len(self.values) // 2 :]
        return len(half) > _DRIFT_STEPS and half[-1] - half[0] > _SOARING and _extreme(q)


def _extreme(q: np.ndarray) -> bool:
    return bool(np.abs(q).max() > 15)  # noqa: PLR2004 - exp(-15) of a scale is as good as none


def newton_ascent(function: Function, start: np.ndarray) -> NewtonAscent:
    """Climb from a start to the nearest maximum.

    Parameters
    ----------
    function : callable
        Maps a position to value and gradient; -inf outside the support.
    start : (dimension,) array
        A point with finite density.

    Returns
    -------
    Climb
        The best point; nothing is raised.
    """
    q = np.array(start, dtype=np.float64)
    value, gradient = function(q)
    root = np.diag(diagonal_scale(function, q, gradient))
    trace = _Trace([value], [], [], [])
    best, best_decrement = (q, value, root), np.inf
    radius, stalled = 10.0, 0
    for _ in range(_STEPS):
        root = whiten(function, q, root)
        if np.abs(root).max(initial=0.0) > _ENDLESS:
            break
        slope = root.T @ gradient
        decrement = float(np.linalg.norm(slope))
        trace.decrements.append(decrement)
        stalled = 0 if decrement < 0.9 * best_decrement else stalled + 1
        if decrement < best_decrement:
            best, best_decrement = (q, value, root), decrement
        if decrement < _TIGHT or (
            stalled >= _STALLED and best_decrement < VERIFIED_DECREMENT.value
        ):
            break
        moved = None if trace.diverges() else _step(function, (q, value), root, slope, radius)
        if moved is None:
            break
        new, value, gradient, kept = moved
        allowed = radius
        radius = max(radius * (2.0 if kept == 1.0 else 0.5), 1e-3)
        trace.note(new - q, value, limited=decrement > allowed)
        q = new
    last = trace.steps[-1] if trace.steps else np.zeros(q.size)
    diverges, is_unbounded = trace.diverges(), trace.is_unbounded(q)
    if diverges or is_unbounded:
        best, best_decrement = (q, value, root), decrement
    return NewtonAscent(
        q=best[0],
        value=best[1],
        root=best[2],
        decrement=best_decrement,
        last_step=last,
        diverges=diverges,
        is_unbounded=is_unbounded,
    )


def _step(
    function: Function,
    here: tuple[np.ndarray, float],
    root: np.ndarray,
    slope: np.ndarray,
    radius: float,
) -> tuple[np.ndarray, float, np.ndarray, float] | None:
    """Take the saddle-free Newton step, shortened until the value does not fall.

    The last value returned is the share of the allowed step that was kept.
    """
    q, value = here
    length = float(np.linalg.norm(slope))
    share = allowed = min(1.0, radius / length)
    for _ in range(40):
        new = q + share * (root @ slope)
        reached, gradient = function(new)
        gain = share * length**2
        # below the noise of the value only the slope can judge a step
        noise = 1e-12 * (abs(value) + 1)
        if np.isfinite(reached) and (reached >= value + 1e-4 * gain or gain < noise):
            return new, reached, gradient, share / allowed
        share /= 4 if not np.isfinite(reached) else 2
    return None
