"""Where a profile falls by a given deviance: Newton's method first, small steps where it fails.

With l the log density, u the scalar and c half the cut-off deviance, a limit solves

    grad l(z) = mu grad u(z),    l(z) = -c,

so that z is a maximum of l among the points of equal u.

References
----------
Venzon and Moolgavkar 1988, Applied Statistics 37:87, doi:10.2307/2347496.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.linalg import null_space

from bayeswrap.estimates.profile_likelihood.stepwise_limits import (
    Limit,
    LimitKind,
    Point,
    StepwiseSearch,
    unit,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.profile_likelihood.scalar import ScalarOfInterest

__all__ = [
    "find_limit",
]


_STAGES = (1, 5)  # at once from the Wald limit; then step by step
_NEWTON_STEPS_MAX = 15
_SETTLED_STEP = 1e-6  # standard errors
_NOISY_STEP = 1e-3  # standard errors: accepted where steps no longer shrink
_LONGEST_STEP = 3.0  # standard errors
_CUT_TOLERANCE = 1e-6  # nats of log density, relative to 1 + cut-off
_CURVATURE_MAX = -1e-3  # across, where it is -1 at the maximum; less is rounding far out
_CURVE_POINTS = 6
_POLISH_MAX = 0.05  # standard errors between the end of small steps and Newton's solution


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A solution of the limit's equations, with the Hessian of the Lagrangian there."""

    point: Point
    hessian: np.ndarray


def find_limit(
    interest: ScalarOfInterest, side: int, cut: float, starts: Sequence[np.ndarray] = ()
) -> Limit:
    """Follow a profile to one side until its deviance reaches the cut-off.

    Parameters
    ----------
    interest : ScalarOfInterest
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
                return Limit(LimitKind.CROSSED, crossing.point, path)
    limit = StepwiseSearch(interest, side, cut, tuple(starts)).limit()
    return limit if starts else _polished(interest, limit, side, cut)


def _polished(interest: ScalarOfInterest, limit: Limit, side: int, cut: float) -> Limit:
    """Give the end of small steps its last digits, where Newton's method works from there."""
    if limit.end is not LimitKind.CROSSED or limit.last.deviance < 0:
        return limit
    crossing = _newton(interest, limit.last.z, side, cut)
    further = side * (crossing.point.u - limit.last.u) if crossing else -1.0
    # a better inner maximum lets the limit out; one that draws it in is rounding far out
    if crossing is None or not 0 <= further < _POLISH_MAX:
        return limit
    return replace(limit, last=crossing.point, path=(*limit.path[:-1], crossing.point))


def _in_stages(interest: ScalarOfInterest, side: int, cut: float, stages: int) -> _Crossing | None:
    """Approach the limit by way of smaller cut-offs, each solution pointing to the next."""
    z = side * np.sqrt(cut) / stages * unit(interest.slope(np.zeros(interest.space.size)))
    before, crossing = np.zeros_like(z), None
    for stage in range(1, stages + 1):
        crossing = _newton(interest, z, side, cut * (stage / stages) ** 2)
        if crossing is None:
            return None
        here = crossing.point.z
        before, z = here, 2 * here - before
    return crossing


def _newton(interest: ScalarOfInterest, z: np.ndarray, side: int, cut: float) -> _Crossing | None:
    """Solve for the limit by Newton's method; None where it leads nowhere."""
    space, before = interest.space, np.inf
    for _ in range(_NEWTON_STEPS_MAX):
        value, slope = space.at(z)
        if not np.isfinite(value):
            return None
        along = interest.slope(z)
        curved = space.hessian(z)
        # H = l_zz - mu u_zz, with the least-squares multiplier mu = l_z'u_z / u_z'u_z
        hessian = curved - (slope @ along) / (along @ along) * interest.bend(z)
        if not (np.isfinite(hessian).all() and np.isfinite(along).all()):
            return None
        step = _newton_step((value, slope), along, curved, hessian, side, cut)
        if step is None:
            return None
        length = float(np.linalg.norm(step))
        z = z + step * min(1.0, _LONGEST_STEP / max(length, 1e-300))
        if length < _SETTLED_STEP or (length < _NOISY_STEP and length > before / 2):
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

    The first equation, linear in the step s, gives H s = mu u_z - l_z, so that s = mu p - n with
    p = H^-1 u_z and n = H^-1 l_z. In the second, l + l_z's + s'l_zz s / 2 = -c is a quadratic
    a mu^2 + b mu + d = 0; mu has the sign that leads to the side.
    """
    value, slope = here
    try:
        p, n = np.linalg.solve(hessian, np.column_stack([along, slope])).T
    except np.linalg.LinAlgError:
        return None
    a, b = p @ curved @ p / 2, slope @ p - p @ curved @ n
    d = value - slope @ n + n @ curved @ n / 2 + cut / 2
    discriminant = b**2 - 4 * a * d
    if not np.isfinite(discriminant) or discriminant < 0 or a == 0:
        return None
    roots = [(-b + s * np.sqrt(discriminant)) / (2 * a) for s in (-1, 1)]
    on_side = [r for r in roots if r * side < 0]
    if not on_side:
        return None
    guess = slope @ along / (along @ along)
    multiplier = min(on_side, key=lambda r: abs(r - guess))
    return np.asarray(multiplier * p - n)


def _verified(
    interest: ScalarOfInterest, z: np.ndarray, hessian: np.ndarray, side: int, cut: float
) -> _Crossing | None:
    """Return a solution if it is a maximum among the points of equal u, on the right side."""
    value, _ = interest.space.at(z)
    u = interest.value(z)
    # second-order condition: N'HN < 0 on the null space N of u_z'
    across = null_space(interest.slope(z)[np.newaxis])
    curvature = np.linalg.eigvalsh(across.T @ hessian @ across)
    is_maximum = curvature.max(initial=-np.inf) < _CURVATURE_MAX
    if not (is_maximum and u * side > 0 and abs(value + cut / 2) < _CUT_TOLERANCE * (1 + abs(cut))):
        return None
    return _Crossing(Point(z, u, -2 * value), hessian)


def _path_to(
    interest: ScalarOfInterest, crossing: _Crossing, cut: float
) -> tuple[Point, ...] | None:
    """Fill the curve in between the maximum and a limit; None if it crosses the cut-off before."""
    points = []
    for share in np.arange(1, _CURVE_POINTS) / _CURVE_POINTS:
        point = _between(interest, crossing, float(share))
        if point is None or point.deviance > cut + _CUT_TOLERANCE:
            return None
        points.append(point)
    return (*points, crossing.point)


def _between(interest: ScalarOfInterest, crossing: _Crossing, share: float) -> Point | None:
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
    for _ in range(_NEWTON_STEPS_MAX):
        value, slope = space.at(z)
        if not np.isfinite(value):
            return None
        along = interest.slope(z)
        # H s - mu u_z = -l_z and u_z's = target - u
        system = np.block([[hessian, -along[:, np.newaxis]], [along[np.newaxis], np.zeros((1, 1))]])
        right = np.append(-slope, target - interest.value(z))
        step = np.linalg.lstsq(system, right, rcond=None)[0][:-1]
        # the deviance is exact to the square of what is missing in the position
        if np.linalg.norm(step) < _NOISY_STEP:
            return Point(z, interest.value(z), -2 * value)
        z = z + step
    return None


def _cubic(share: float, end: Point, tangents: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Return the cubic Hermite interpolant between 0 and the end."""
    t = share
    return np.asarray(
        (t**3 - 2 * t**2 + t) * end.u * tangents[0]
        + (3 * t**2 - 2 * t**3) * end.z
        + (t**3 - t**2) * end.u * tangents[1]
    )
