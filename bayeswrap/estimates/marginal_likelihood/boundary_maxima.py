"""Maxima at the limit of a scale of effects: where it is 0, or a correlation is 1.

A centred program loses its digits as the scale of its effects goes to 0, where the marginal
likelihood levels off like the square of the scale. A coordinate whose edge costs the likelihood
almost nothing is moved towards it until its slope is too small to matter; the maximum is then
looked for with the coordinate held there, and is on the edge if the value falls on the way back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.support import SupportEdges
    from bayeswrap.estimates.results.optimum import Optimum

__all__ = [
    "Limit",
    "limits_of",
    "optimum_at_limits",
]


_FARTHEST = 40  # log units
_LEVEL_SLOPE = 1e-6  # nats a log unit: small, but well above the noise
_FADED_SLOPE = 1e-4  # nats a log unit
_SLOWEST_RATE = 0.5  # by which a slope fades, a log unit
_FASTEST_RATE = 4.0
_ORDINARY_FALL = 0.05  # nats that a log unit costs at an ordinary maximum
_WAY_BACK = 24  # log units
_NOISE = 1e-7  # relative to 1 + |value|
_EDGE_DISTANCE = 60.0  # log units: exp(-60) of a scale is closer to the edge than any digit shows


@dataclass(frozen=True, slots=True)
class Limit:
    """A coordinate next to its edge.

    Attributes
    ----------
    at : int
        Which coordinate.
    value : float
        Where the marginal has levelled off.
    sign : int
        Direction of the edge.
    rate : float
        By which the slope fades, a log unit: 2 for a standard deviation.
    """

    at: int
    value: float
    sign: int
    rate: float


def limits_of(function: Function, psi: np.ndarray, edges: SupportEdges) -> tuple[Limit, ...]:
    """Return the coordinates whose edge costs the function almost nothing.

    Parameters
    ----------
    function : callable
        Marginal log density and gradient.
    psi : (dimension,) array
        A point near its maximum.
    edges : SupportEdges
        Which coordinates lead to a finite edge.
    """
    here, limits = function(psi)[0], []
    for i in range(psi.size):
        for sign, has_edge in ((-1, edges.below[i]), (1, edges.above[i])):
            if (
                not has_edge
                or function(_with_coordinate(psi, i, psi[i] + sign))[0] < here - _ORDINARY_FALL
            ):
                continue
            limit = _levels_off(function, psi, i, sign)
            if limit is not None:
                limits.append(limit)
    return tuple(limits)


def _with_coordinate(psi: np.ndarray, i: int, value: float) -> np.ndarray:
    position = psi.copy()
    position[i] = value
    return position


def _levels_off(function: Function, psi: np.ndarray, i: int, sign: int) -> Limit | None:
    """Move a coordinate to its edge until the slope is small, and back from a noisy one."""
    here, slope = function(psi)
    before, best = abs(slope[i]), None
    for step in range(1, _FARTHEST):
        at = float(psi[i]) + sign * step
        value, gradient = function(_with_coordinate(psi, i, at))
        if not value > here - _ORDINARY_FALL:
            break
        slope = abs(gradient[i])
        rate = np.log(before / slope) if slope > 0 else 0.0
        if slope < _FADED_SLOPE and _SLOWEST_RATE < rate < _FASTEST_RATE:
            best = Limit(i, at, sign, float(rate))
        elif best is not None:
            break  # no more than noise from here on
        if slope < _LEVEL_SLOPE:
            return best or Limit(i, at, sign, np.inf)
        before = slope
    return best


def optimum_at_limits(
    function: Function, psi: np.ndarray, edges: SupportEdges, limits: tuple[Limit, ...]
) -> Optimum | None:
    """Return the maximum with some coordinates at their limits; None if there is none.

    Parameters
    ----------
    function : callable
        Marginal log density and gradient.
    psi : (dimension,) array
        Where the others start.
    edges : SupportEdges
        For the others.
    limits : tuple of Limit
        At most one a coordinate.
    """
    start, sent = psi.copy(), psi.copy()
    for limit in limits:
        start[limit.at], sent[limit.at] = limit.value, limit.value + limit.sign * _EDGE_DISTANCE
    held = np.isin(np.arange(psi.size), [limit.at for limit in limits])
    rest = np.flatnonzero(~held)
    inner = find_optimum(restricted(function, start, rest.tolist()), start[rest], edges.of(~held))
    if not inner.status.is_estimate:
        return None
    start[rest] = inner.q
    if not all(_falls_back(function, start, inner.value, limit) for limit in limits):
        return None
    whole = inner.embedded(rest, sent)
    return replace(
        whole,
        value=inner.value + _still_to_come(function, start, limits),
        status=Status.BOUNDARY,
        excluded=tuple(sorted({*np.flatnonzero(held).tolist(), *whole.excluded})),
    )


def _falls_back(function: Function, at: np.ndarray, value: float, limit: Limit) -> bool:
    """Return whether the value falls, and nowhere rises, on the way back from an edge."""
    reached = value
    for step in range(1, _WAY_BACK):
        reached = function(_with_coordinate(at, limit.at, limit.value - limit.sign * step))[0]
        if reached > value + _NOISE * (1 + abs(value)):
            return False
        if reached < value - _ORDINARY_FALL:
            break
    return bool(reached < value - _NOISE * (1 + abs(value)))


def _still_to_come(function: Function, at: np.ndarray, limits: tuple[Limit, ...]) -> float:
    """Return what the value gains beyond the limits, as the slopes fade exponentially.

    The integral of s exp(-r x) from 0 to infinity is s / r.
    """
    slope = function(at)[1]
    return float(sum(limit.sign * slope[limit.at] / limit.rate for limit in limits))
