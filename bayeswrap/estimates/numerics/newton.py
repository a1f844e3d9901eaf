"""From a rough mode to a verified one: Newton steps on exact gradients in whitened coordinates.

The Hessian H is only ever formed along the columns of a matrix T in which it is close to -I, so
that a badly scaled program loses the digits of its condition number, not of its square. The step is
the saddle-free one, which takes the absolute values of the eigenvalues of H.

References
----------
Nocedal and Wright, Numerical Optimization, 2006, ch. 3 and 6.
Boyd and Vandenberghe, Convex Optimization, 2004, 9.5.1 (the Newton decrement).
Dauphin et al. 2014, Advances in Neural Information Processing Systems 27, arXiv:1406.2572.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import OVERFLOWED, diagonal_scale, whiten
from bayeswrap.estimates.numerics.functions import rounding_of
from bayeswrap.thresholds import VERIFIED_DECREMENT

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function

__all__ = [
    "AscentEnd",
    "NewtonAscent",
    "newton_ascent",
]


_TIGHT_DECREMENT = 1e-11  # standard errors: no further step is worth its gradients
_STEPS_MAX = 150
_GAIN = 0.9  # a decrement that is not below this share of the smallest one is no progress
_STALLED_STEPS = 4  # steps without progress
_CHORD_DECREMENT = 1e-2  # standard errors: from here on a curvature serves for several steps
_CHORD_GAIN = 0.1  # a step with the curvature of before gains a digit, or is the last of its kind
_FIRST_RADIUS = 10.0  # standard errors
_SMALLEST_RADIUS = 1e-3  # standard errors
_HALVINGS_MAX = 40
_ARMIJO = 1e-4  # share of the gain that the slope promises
_DRIFT_STEPS = 6
_DRIFT_RATIO = 0.4  # of two steps in a row: quadratic convergence would make it fade
_DRIFT_DECREMENT = 1e-2  # standard errors
_DRIFT_LENGTH = 0.1  # units of the unconstrained scale
_UNBOUNDED_RISE = 5.0  # nats in the second half of the way
_FAR_OUT = 15.0  # units of the unconstrained scale: exp(-15) of a scale is as good as none


class AscentEnd(enum.Enum):
    """How an ascent ended."""

    CONVERGED = "the Newton decrement vanished"
    STOPPED = "no step raised the value, or the steps ran out"
    DIVERGED = "the steps did not shrink although the slope faded: there is no maximum this way"
    UNBOUNDED = "the value rose by nats to the last, far from the origin"


@dataclass(frozen=True, slots=True, kw_only=True)
class NewtonAscent:
    """Where an ascent ended, and how it went.

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
    end : AscentEnd
        Why it went no further.
    """

    q: np.ndarray
    value: float
    root: np.ndarray
    decrement: float
    last_step: np.ndarray
    end: AscentEnd


@dataclass(frozen=True, slots=True)
class NewtonState:
    """A position of an ascent, with slope and curvature there."""

    q: np.ndarray
    value: float
    gradient: np.ndarray
    root: np.ndarray
    decrement: float = np.inf

    def whitened(self, function: Function) -> NewtonState:
        """Return the state with T and the decrement of its own position."""
        state = replace(self, root=whiten(function, self.q, self.root))
        if state.has_overflowed:
            return state
        # lambda^2 = g' |H|^-1 g = |T'g|^2, as T T' = |H|^-1
        return replace(state, decrement=float(np.linalg.norm(state.root.T @ self.gradient)))

    @property
    def has_overflowed(self) -> bool:
        """Whether T is too long to step along."""
        return bool(np.abs(self.root).max(initial=0.0) > OVERFLOWED)


@dataclass(slots=True)
class _History:
    """The path of an ascent."""

    values: list[float]
    steps: list[np.ndarray] = field(default_factory=list)
    decrements: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)

    def add(self, step: np.ndarray, value: float, *, limited: bool) -> None:
        """Add a step; one that a trust region cut short is `limited`."""
        if limited:
            # the length of such a step shows the radius, not the function
            self.ratios.clear()
        elif self.steps:
            before = self.steps[-1]
            largest = int(np.argmax(np.abs(before)))
            self.ratios.append(float(abs(step[largest]) / max(abs(before[largest]), 1e-300)))
        self.steps.append(step)
        self.values.append(value)

    def diverges(self) -> bool:
        """Return whether the last steps did not shrink although the slope faded."""
        last = self.ratios[-_DRIFT_STEPS:]
        steady = len(last) == _DRIFT_STEPS and min(last) > _DRIFT_RATIO
        return bool(
            steady
            and self.decrements[-1] < _DRIFT_DECREMENT
            and np.abs(self.steps[-1]).max() > _DRIFT_LENGTH
        )

    def end(self, state: NewtonState, best: NewtonState) -> AscentEnd:
        """Return how the ascent ended, from where it stands and its smallest decrement."""
        half = self.values[len(self.values) // 2 :]
        rises = len(half) > _DRIFT_STEPS and half[-1] - half[0] > _UNBOUNDED_RISE
        if rises and np.abs(state.q).max() > _FAR_OUT:
            return AscentEnd.UNBOUNDED
        if self.diverges():
            return AscentEnd.DIVERGED
        if best.decrement < VERIFIED_DECREMENT.value:
            return AscentEnd.CONVERGED
        return AscentEnd.STOPPED


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
    NewtonAscent
        The best point; nothing is raised.
    """
    q = np.array(start, dtype=np.float64)
    value, gradient = function(q)
    state = NewtonState(q, value, gradient, np.diag(diagonal_scale(function, q, gradient)))
    best, history = state, _History([value])
    radius, stalled = _FIRST_RADIUS, 0
    for _ in range(_STEPS_MAX):
        state = state.whitened(function)
        if state.has_overflowed:
            break
        history.decrements.append(state.decrement)
        stalled = 0 if state.decrement < _GAIN * best.decrement else stalled + 1
        best = state if state.decrement < best.decrement else best
        settled = stalled >= _STALLED_STEPS and best.decrement < VERIFIED_DECREMENT.value
        if settled or state.decrement < _TIGHT_DECREMENT or history.diverges():
            break
        if state.decrement < _CHORD_DECREMENT:
            near, gain = _chords(function, state)
            if near is not state:
                state = near
                continue
            if gain > _GAIN and best.decrement < VERIFIED_DECREMENT.value:
                break
        after, share = _damped_step(function, state, radius)
        if after is None:
            break
        history.add(after.q - state.q, after.value, limited=state.decrement > radius)
        radius = max(radius * (2.0 if share == 1.0 else 0.5), _SMALLEST_RADIUS)
        state = after
    end = history.end(state, best)
    if end in {AscentEnd.DIVERGED, AscentEnd.UNBOUNDED}:
        best = state
    return NewtonAscent(
        q=best.q,
        value=best.value,
        root=best.root,
        decrement=best.decrement,
        last_step=history.steps[-1] if history.steps else np.zeros(q.size),
        end=end,
    )


def _chords(function: Function, state: NewtonState) -> tuple[NewtonState, float]:
    """Take steps with the curvature at hand as long as each gains a digit: a gradient a step.

    Returns
    -------
    state : NewtonState
        The given one where the first step gains less.
    gain : float
        The ratio of the last two decrements.
    """
    gain = 1.0
    while state.decrement > _TIGHT_DECREMENT:
        q = state.q + state.root @ (state.root.T @ state.gradient)
        value, gradient = function(q)
        decrement = float(np.linalg.norm(state.root.T @ gradient))
        gain = decrement / state.decrement if np.isfinite(value) else np.inf
        if not gain < _CHORD_GAIN:
            break
        state = replace(state, q=q, value=value, gradient=gradient, decrement=decrement)
    return state, gain


def _damped_step(
    function: Function, state: NewtonState, radius: float
) -> tuple[NewtonState | None, float]:
    """Take the saddle-free Newton step, shortened until the value does not fall.

    Returns
    -------
    state : NewtonState or None
        After the step, with the T of before; None where no step raises the value.
    share : float
        Of the step that the radius allows.
    """
    # p = |H|^-1 g = T T'g, of length lambda in standard errors
    step = state.root @ (state.root.T @ state.gradient)
    share = allowed = min(1.0, radius / state.decrement)
    for _ in range(_HALVINGS_MAX):
        q = state.q + share * step
        value, gradient = function(q)
        # Armijo: f(q + a p) >= f(q) + c a g'p, with g'p = lambda^2
        gain = share * state.decrement**2
        # below the rounding of the value only the slope can judge a step
        enough = value >= state.value + _ARMIJO * gain or gain < rounding_of(state.value)
        if np.isfinite(value) and enough:
            return replace(state, q=q, value=value, gradient=gradient), share / allowed
        share /= 4 if not np.isfinite(value) else 2
    return None, 0.0
