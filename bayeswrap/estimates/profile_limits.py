"""Where a profile falls by a given deviance: Newton's method first, a careful walk where it fails.

The limits solve "slope = multiplier times slope of the scalar, deviance = cut-off" (Venzon &
Moolgavkar 1988, Applied Statistics 37:87, doi:10.2307/2347496). Imports `interest`.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import null_space
from scipy.optimize import brentq, minimize

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.estimates.interest import Interest

__all__ = ["End", "Limit", "Point", "find_limit"]

_STAGES = (1, 5)  # at once from the Wald end; then step by step
_NEWTON_STEPS = 15
_SETTLED, _NOISY = 1e-6, 1e-3  # steps in standard errors
_LONGEST_STEP = 3.0
_ON_THE_CUT = 1e-6  # nats of log density
_CURVE_POINTS = 6
_GROWTH, _WALK_STEPS = 1.5, 80
_LEVEL, _LEVEL_STEPS = 1e-5, 4  # share of the cut-off that a step may still add
_STIFFNESS = 4.0
_STOPPED_RISING = 1e-9  # nats: on the way to infinity less is rounding error, and can be climbed
_REFUSED = 1e300  # what a minimiser is told where there is no density
_JUMP = 1e-3  # share of the cut-off
_BETTER = 1e-4  # deviance below that of the maximum


class End(enum.Enum):
    """What lies at the end of one side of a profile."""

    CROSSED = "the deviance reaches the cut-off"
    LEVEL = "the deviance levels off below the cut-off"
    SLOW = "the deviance still rises, too slowly to reach the cut-off"
    REFUSED = "the program has no density beyond"
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

    end: End
    last: Point
    path: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A solution of the limit's equations, with the Hessian of the Lagrangian there."""

    point: Point
    hessian: np.ndarray


def find_limit(
    interest: Interest, side: int, cut: float, starts: Sequence[np.ndarray] = ()
) -> Limit:
    """Follow a profile to one side until its deviance reaches the cut-off.

    Parameters
    ----------
    interest : Interest
        The scalar, and the log density around its maximum.
    side : int
        1 for growing u, -1 for falling u.
    cut : float
        Deviance at the limit: twice the fall of the log density, nats.
    starts : sequence of (k,) arrays, optional
        More points for the other coordinates to start from, where the maximum lies on an edge.

    Returns
    -------
    Limit
        A point of deviance below 0 in its path is a better maximum than the one started from.
    """
    if not starts:
        for stages in _STAGES:
            crossing = _in_stages(interest, side, cut, stages)
            path = _path_to(interest, crossing, cut) if crossing else None
            if crossing and path is not None:
                return Limit(End.CROSSED, crossing.point, path)
    return _Walk(interest, side, cut, tuple(starts)).limit()


def _unit(vector: np.ndarray) -> np.ndarray:
    length = np.linalg.norm(vector)
    return np.asarray(vector / length if length > 0 else vector)


def _in_stages(interest: Interest, side: int, cut: float, stages: int) -> _Crossing | None:
    """Approach the limit by way of smaller cut-offs, each solution pointing to the next."""
    z = side * np.sqrt(cut) / stages * _unit(interest.slope(np.zeros(interest.space.size)))
    before, crossing = np.zeros_like(z), None
    for stage in range(1, stages + 1):
        crossing = _newton(interest, z, side, cut * (stage / stages) ** 2)
        if crossing is None:
            return None
        here = crossing.point.z
        before, z = here, 2 * here - before
    return crossing


def _newton(interest: Interest, z: np.ndarray, side: int, cut: float) -> _Crossing | None:
    """Solve for the limit by Newton's method; None where it leads nowhere."""
    space, before = interest.space, np.inf
    for _ in range(_NEWTON_STEPS):
        value, slope = space.at(z)
        if not np.isfinite(value):
            return None
        along = interest.slope(z)
        curved = space.hessian(z)
        hessian = curved - (slope @ along) / (along @ along) * interest.bend(z)
        if not (np.isfinite(hessian).all() and np.isfinite(along).all()):
            return None
        step = _newton_step((value, slope), along, curved, hessian, side, cut)
        if step is None:
            return None
        length = float(np.linalg.norm(step))
        z = z + step * min(1.0, _LONGEST_STEP / max(length, 1e-300))
        if length < _SETTLED or (length < _NOISY and length > before / 2):
            return _verified(interest, z, hessian, side, cut)
        before = length
    return None


def _newton_step(  # noqa: PLR0917 - the terms of one equation
    here: tuple[float, np.ndarray],
    along: np.ndarray,
    curved: np.ndarray,
    hessian: np.ndarray,
    side: int,
    cut: float,
) -> np.ndarray | None:
    """Return the step whose quadratic model lies on the cut-off.

    With step = multiplier * p - n the model is a quadratic in the multiplier, whose sign tells
    the side.
    """
    value, slope = here
    try:
        p, n = np.linalg.solve(hessian, np.column_stack([along, slope])).T
    except np.linalg.LinAlgError:
        return None
    a, b = p @ curved @ p / 2, slope @ p - p @ curved @ n
    c = value - slope @ n + n @ curved @ n / 2 + cut / 2
    inside = b**2 - 4 * a * c
    if not np.isfinite(inside) or inside < 0 or a == 0:
        return None
    roots = [(-b + s * np.sqrt(inside)) / (2 * a) for s in (-1, 1)]
    own = [r for r in roots if r * side < 0]
    if not own:
        return None
    guess = slope @ along / (along @ along)
    multiplier = min(own, key=lambda r: abs(r - guess))
    return np.asarray(multiplier * p - n)


def _verified(
    interest: Interest, z: np.ndarray, hessian: np.ndarray, side: int, cut: float
) -> _Crossing | None:
    """Return a solution if it is a maximum among the points of equal u, on the right side."""
    value, _ = interest.space.at(z)
    u = interest.value(z)
    across = null_space(interest.slope(z)[np.newaxis])
    falls = not across.size or np.linalg.eigvalsh(across.T @ hessian @ across).max() < 0
    if not (falls and u * side > 0 and abs(value + cut / 2) < _ON_THE_CUT * (1 + abs(cut))):
        return None
    return _Crossing(Point(z, u, -2 * value), hessian)


def _path_to(interest: Interest, crossing: _Crossing, cut: float) -> tuple[Point, ...] | None:
    """Fill the curve in between the maximum and a limit; None if it crosses the cut-off before."""
    found = []
    for share in np.arange(1, _CURVE_POINTS) / _CURVE_POINTS:
        point = _between(interest, crossing, float(share))
        if point is None or point.deviance > cut + _ON_THE_CUT:
            return None
        found.append(point)
    return (*found, crossing.point)


def _between(interest: Interest, crossing: _Crossing, share: float) -> Point | None:
    """Return the constrained maximum at a share of the way, by chord steps.

    It starts on the cubic through both ends with their own directions, and takes a Hessian
    between theirs, so that no further one is needed.
    """
    space, end = interest.space, crossing.point
    target = share * end.u
    slope_0, slope_1 = interest.slope(np.zeros(space.size)), interest.slope(end.z)
    ahead = np.linalg.solve(crossing.hessian, slope_1)
    tangents = slope_0 / (slope_0 @ slope_0), ahead / (slope_1 @ ahead)
    z = _cubic(share, end, tangents)
    hessian = -(1 - share) * np.eye(space.size) + share * crossing.hessian
    for _ in range(_NEWTON_STEPS):
        value, slope = space.at(z)
        if not np.isfinite(value):
            return None
        along = interest.slope(z)
        system = np.block([[hessian, -along[:, np.newaxis]], [along[np.newaxis], np.zeros((1, 1))]])
        wanted = np.append(-slope, target - interest.value(z))
        step = np.linalg.lstsq(system, wanted, rcond=None)[0][:-1]
        # the deviance is exact to the square of what is missing in the position
        if np.linalg.norm(step) < _NOISY:
            return Point(z, interest.value(z), -2 * value)
        z = z + step
    return None


def _cubic(share: float, end: Point, tangents: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    t = share
    return np.asarray(
        (t**3 - 2 * t**2 + t) * end.u * tangents[0]
        + (3 * t**2 - 2 * t**3) * end.z
        + (t**3 - t**2) * end.u * tangents[1]
    )


@dataclass(slots=True)
class _Walk:
    """Inner maximisations at growing distances, until the cut-off is passed or given up."""

    interest: Interest
    side: int
    cut: float
    starts: tuple[np.ndarray, ...]
    points: list[Point] = field(default_factory=list)

    def limit(self) -> Limit:
        """Walk outwards, then close in on the crossing by Brent's method."""
        zero = np.zeros(self.interest.space.size)
        inside, before = 0.0, Point(zero, 0.0, 0.0)
        distance, end = np.sqrt(self.cut) / 2, End.SLOW
        for _ in range(_WALK_STEPS):
            point = self._best(distance, before)
            if point is None:
                return self._at_the_refusal(inside, distance, before)
            self.points.append(point)
            if point.deviance < -_BETTER:
                return Limit(End.CROSSED, point, tuple(self.points))
            if point.deviance >= self.cut:
                return self._closed_in(inside, distance, before)
            inside, before = distance, point
            if self._is_level():
                end = End.LEVEL
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
        """Tell whether the scalar itself no longer moves: it has reached the end of its range."""
        last = [p.u for p in self.points[-_LEVEL_STEPS:]]
        return max(last) - min(last) < _LEVEL * max(1.0, abs(last[-1]))

    def _closed_in(self, inside: float, outside: float, warm: Point) -> Limit:
        near = [warm]

        def excess(distance: float) -> float:
            point = self._best(distance, near[-1], narrow=True)
            deviance = np.inf if point is None else point.deviance
            if point is not None:
                self.points.append(point)
                near.append(point)
            return float(np.sign(deviance) * np.sqrt(abs(min(deviance, 1e6))) - np.sqrt(self.cut))

        at = brentq(excess, inside, outside, xtol=1e-7, rtol=1e-9)
        last = self._best(float(at), near[-1]) or warm
        polished = None if self.starts else _newton(self.interest, last.z, self.side, self.cut)
        if polished is not None and abs(polished.point.u - last.u) < 0.05:  # noqa: PLR2004 - SE
            last = polished.point
        path = [p for p in self.points if p.deviance <= self.cut and abs(p.u) < abs(last.u)]
        # on a pole of the program, or where another branch of the inner maximum takes over
        if abs(last.deviance - self.cut) > _JUMP * self.cut:
            return Limit(End.JUMPED, last, tuple(path))
        return Limit(End.CROSSED, last, (*path, last))

    def _at_the_refusal(self, inside: float, outside: float, before: Point) -> Limit:
        """Look as close as can be to where the density ends."""
        for _ in range(40):
            middle = (inside + outside) / 2
            point = self._best(middle, before)
            if point is None:
                outside = middle
                continue
            self.points.append(point)
            if point.deviance >= self.cut:
                return self._closed_in(inside, middle, before)
            inside, before = middle, point
        end = End.LEVEL if self._is_level() else End.REFUSED
        return Limit(end, before, tuple(self.points))

    def _best(self, distance: float, warm: Point, *, narrow: bool = False) -> Point | None:
        """Return the best constrained maximum of several starts; of fewer on a narrow stretch."""
        target = self.side * distance
        along = _unit(self.interest.slope(np.zeros(self.interest.space.size)))
        starts = (warm.z, *self.starts, *(() if narrow else (target * along,)))
        if self.interest.direction is None:
            found = [self._pulled(target, z) for z in starts]
        else:
            found = [self._held(target, z) for z in starts]
        usable = [p for p in found if p is not None and self.interest.space.is_smooth(p.z)]
        # a pull that moves the scalar less is not a better one: compare what is maximised
        return max(usable, key=lambda p: -p.deviance - _pull(p.u, target), default=None)

    def _held(self, target: float, z: np.ndarray) -> Point | None:
        """Maximise over the coordinates across u, with u held."""
        space, along = self.interest.space, self.interest.slope(z)
        across = null_space(along[np.newaxis])

        def downhill(w: np.ndarray) -> tuple[float, np.ndarray]:
            value, slope = space.at(target * along + across @ w)
            if not (np.isfinite(value) and np.isfinite(slope).all()):
                return _REFUSED, np.zeros_like(w)
            return -value, -across.T @ slope

        w = _minimised(downhill, across.T @ z)
        reached = target * along + across @ w
        value, _ = space.at(reached)
        return Point(reached, target, -2 * value) if np.isfinite(value) else None

    def _pulled(self, target: float, z: np.ndarray) -> Point | None:
        """Maximise with a spring that pulls u towards the target.

        Wherever the spring holds it, the point is a maximum among all with its own u: a point of
        the profile, though not at the target.
        """
        space, interest = self.interest.space, self.interest

        def downhill(at: np.ndarray) -> tuple[float, np.ndarray]:
            value, slope = space.at(at)
            u = interest.value(at)
            if not (np.isfinite(value) and np.isfinite(u)):
                return _REFUSED, np.zeros_like(at)
            force = _STIFFNESS * (u - target)
            total = -value + _pull(u, target) / 2, -slope + force * interest.slope(at)
            return total if np.isfinite(total[1]).all() else (_REFUSED, np.zeros_like(at))

        reached = _minimised(downhill, z)
        value, _ = space.at(reached)
        if not np.isfinite(value):
            return None
        return Point(reached, interest.value(reached), -2 * value)


def _pull(u: float, target: float) -> float:
    """Return twice the energy of the spring."""
    return _STIFFNESS * (u - target) ** 2


def _minimised(
    downhill: Callable[[np.ndarray], tuple[float, np.ndarray]], start: np.ndarray
) -> np.ndarray:
    """Descend until the value stops falling: there may be no minimum, only a lowest level."""
    if not start.size:
        return start
    found = minimize(
        downhill,
        start,
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": 1000, "maxcor": 20, "ftol": _STOPPED_RISING, "gtol": 1e-9},
    )
    return np.asarray(found.x)
