"""Limits of a profile in small steps, for where Newton's method does not find them.

At growing distances everything else is maximised anew, until the deviance passes the cut-off,
levels off below it, or the density ends.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import null_space
from scipy.optimize import brentq, minimize

from bayeswrap.estimates.numerics.functions import Refusing

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.profile_likelihood.scalar import ScalarOfInterest

__all__ = [
    "Limit",
    "LimitKind",
    "Point",
    "StepwiseSearch",
    "unit",
]


_GROWTH = 1.5  # of the distance, a step
_STEPS_MAX = 80
_LEVEL = 1e-5  # share of the cut-off that the level steps may still add
_LEVEL_STEPS = 4
_ALMOST_LEVEL = 1e-3  # share of the cut-off
_STIFFNESS = 4.0  # nats a squared standard error: four times the curvature at the maximum
_STOPPED_RISING = 1e-10  # relative: on the way to infinity less is rounding, and can be climbed
_CROSSING_TOLERANCE = 1e-7  # standard errors
_HALVINGS = 40  # on the way to where the density ends
_JUMP = 1e-3  # share of the cut-off
_BETTER = 1e-4  # deviance below that of the maximum, nats


class LimitKind(enum.Enum):
    """What lies at the end of one side of a profile."""

    CROSSED = "the deviance reaches the cut-off"
    LEVEL = "the deviance levels off below the cut-off"
    SLOW = "the deviance still rises, too slowly to reach the cut-off"
    REFUSED = "the program has no density, or no smooth one, beyond"
    EDGE = "the maximum itself lies there"
    JUMPED = "the deviance jumps past the cut-off"


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the profile: whitened position, distance in standard errors, deviance."""

    z: np.ndarray
    u: float
    deviance: float


@dataclass(frozen=True, slots=True)
class Limit:
    """One side of a profile: how it ends, where, and the points on the way there."""

    end: LimitKind
    last: Point
    path: tuple[Point, ...]


def unit(vector: np.ndarray) -> np.ndarray:
    """Return a vector of length 1, or of length 0 as it is."""
    length = np.linalg.norm(vector)
    return np.asarray(vector / length if length > 0 else vector)


@dataclass(slots=True)
class StepwiseSearch:
    """Inner maximisations at growing distances, until the cut-off is passed or given up.

    Attributes
    ----------
    interest : ScalarOfInterest
        The scalar, and the log density around its maximum.
    side : int
        1 for growing u, -1 for falling u.
    cut : float
        Deviance at the limit, nats.
    starts : tuple of (k,) arrays
        More points for the other coordinates to start from.
    points : list of Point
        The profile so far.
    """

    interest: ScalarOfInterest
    side: int
    cut: float
    starts: tuple[np.ndarray, ...]
    points: list[Point] = field(default_factory=list)

    def limit(self) -> Limit:
        """Go outwards step by step, then close in on the crossing by Brent's method."""
        zero = np.zeros(self.interest.space.size)
        inside, before = 0.0, Point(zero, 0.0, 0.0)
        distance, end = np.sqrt(self.cut) / 2, LimitKind.SLOW
        for _ in range(_STEPS_MAX):
            point = self._best(distance, before)
            if point is None:
                return self._at_the_refusal(inside, distance, before)
            self.points.append(point)
            if point.deviance < -_BETTER:
                return Limit(LimitKind.CROSSED, point, tuple(self.points))
            if point.deviance >= self.cut:
                return self._closed_in(inside, distance, before)
            inside, before = distance, point
            if self._is_level():
                end = LimitKind.LEVEL
                break
            distance *= _GROWTH
        return Limit(end, before, tuple(self.points))

    def _is_level(self) -> bool:
        last = [p.deviance for p in self.points[-_LEVEL_STEPS:]]
        if len(last) < _LEVEL_STEPS or max(last) - min(last) > _LEVEL * self.cut:
            return False
        # away from an edge the density is level at first, as far as the logarithm of a scale goes
        on_edge = bool(self.starts) and max(last) < _LEVEL * self.cut
        far = abs(self.points[-1].u) > 2 * np.sqrt(self.cut)
        return self._stuck() or (far and not on_edge)

    def _stuck(self) -> bool:
        """Return whether the scalar itself no longer moves: it has reached the end of its range."""
        last = [p.u for p in self.points[-_LEVEL_STEPS:]]
        return max(last) - min(last) < _LEVEL * max(1.0, abs(last[-1]))

    def _closed_in(self, inside: float, outside: float, warm: Point) -> Limit:
        near = [warm]

        @cache  # another start may find another maximum: the ends must keep their signs
        def excess(distance: float) -> float:
            point = self._best(distance, near[-1], narrow=True)
            deviance = np.inf if point is None else point.deviance
            if point is not None:
                self.points.append(point)
                near.append(point)
            return float(np.sign(deviance) * np.sqrt(abs(min(deviance, 1e6))) - np.sqrt(self.cut))

        at = inside
        if excess(inside) < 0 < excess(outside):
            at = float(brentq(excess, inside, outside, xtol=_CROSSING_TOLERANCE, rtol=1e-9))
        last = self._best(at, near[-1]) or warm
        path = [p for p in self.points if p.deviance <= self.cut and abs(p.u) < abs(last.u)]
        # on a pole of the program, or where another branch of the inner maximum takes over
        if abs(last.deviance - self.cut) > _JUMP * self.cut:
            return Limit(LimitKind.JUMPED, last, tuple(path))
        return Limit(LimitKind.CROSSED, last, (*path, last))

    def _at_the_refusal(self, inside: float, outside: float, before: Point) -> Limit:
        """Look as close as can be to where the density ends."""
        last = [p.deviance for p in self.points[-2:]]
        # far out it is rounding that ends it, and the deviance has long been level
        level = len(last) > 1 and abs(last[1] - last[0]) < _ALMOST_LEVEL * self.cut
        for _ in range(_HALVINGS):
            middle = (inside + outside) / 2
            point = self._best(middle, before)
            if point is None:
                outside = middle
                continue
            self.points.append(point)
            if point.deviance >= self.cut:
                return self._closed_in(inside, middle, before)
            inside, before = middle, point
        return Limit(LimitKind.LEVEL if level else LimitKind.REFUSED, before, tuple(self.points))

    def _best(self, distance: float, warm: Point, *, narrow: bool = False) -> Point | None:
        """Return the best constrained maximum of several starts; of fewer on a narrow stretch."""
        target = self.side * distance
        along = unit(self.interest.slope(np.zeros(self.interest.space.size)))
        starts = (warm.z, *self.starts, *(() if narrow else (target * along,)))
        if self.interest.direction is None:
            maxima = [self._pulled(target, z) for z in starts]
        else:
            maxima = [self._held(target, z) for z in starts]
        usable = [p for p in maxima if p is not None and self.interest.space.is_smooth(p.z)]
        # a pull that moves the scalar less is not a better one: compare what is maximised
        return max(usable, key=lambda p: -p.deviance - _pull(p.u, target), default=None)

    def _held(self, target: float, z: np.ndarray) -> Point | None:
        """Maximise over the coordinates across u, with u held."""
        space, along = self.interest.space, self.interest.slope(z)
        across = null_space(along[np.newaxis])

        def across_u(w: np.ndarray) -> tuple[float, np.ndarray]:
            value, slope = space.at(target * along + across @ w)
            return value, across.T @ slope

        w = _maximum(across_u, across.T @ z)
        reached = target * along + across @ w
        value, _ = space.at(reached)
        return Point(reached, target, -2 * value) if np.isfinite(value) else None

    def _pulled(self, target: float, z: np.ndarray) -> Point | None:
        """Maximise with a quadratic penalty on the distance of u from the target.

        Wherever the spring holds it, the point is a maximum among all with its own u: a point of
        the profile, though not at the target.
        """
        space, interest = self.interest.space, self.interest

        def with_spring(at: np.ndarray) -> tuple[float, np.ndarray]:
            value, slope = space.at(at)
            u = interest.value(at)
            if not (np.isfinite(value) and np.isfinite(u)):
                return -np.inf, slope
            # maximise l(z) minus the energy k (u(z) - target)^2 / 2 of the spring
            force = _STIFFNESS * (u - target)
            return value - _pull(u, target) / 2, slope - force * interest.slope(at)

        reached = _maximum(with_spring, z)
        value, _ = space.at(reached)
        if not np.isfinite(value):
            return None
        return Point(reached, interest.value(reached), -2 * value)


def _pull(u: float, target: float) -> float:
    """Return twice the energy of the spring."""
    return _STIFFNESS * (u - target) ** 2


def _maximum(function: Function, start: np.ndarray) -> np.ndarray:
    """Climb until the value stops rising: there may be no maximum, only a highest level."""
    if not start.size:
        return start
    downhill = Refusing(function)
    result = minimize(
        downhill,
        start,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 1000, "maxcor": 20, "ftol": _STOPPED_RISING, "gtol": 1e-9},
    )
    return np.asarray(result.x)
