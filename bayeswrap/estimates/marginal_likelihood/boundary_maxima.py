"""Maxima at the limit of a scale of effects: where it is 0, or a correlation is 1.

A centred program loses its digits as the scale of its effects goes to 0, where the marginal
likelihood levels off like the square of the scale. A coordinate that the likelihood hardly tells
from its edge is walked towards it until its slope is too small to matter; the maximum is then
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


_WALK = 40  # log units
_LEVEL = 1e-6  # nats a log unit: small, but well above the noise
_FADED = 1e-4
_SLOWEST, _FASTEST = 0.5, 4.0  # rates at which slopes fade
_FALLEN = 0.05  # nats that a log unit costs at an ordinary maximum
_BACK = 12  # log units
_NOISE = 1e-7  # nats
_FAR = 60.0  # exp(-60) of a scale: closer to the edge than any digit shows


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
    """Return the coordinates that the function hardly tells from their edge.

    Parameters
    ----------
    function : callable
        Marginal log density and gradient.
    psi : (dimension,) array
        A point near its maximum.
    edges : SupportEdges
        Which coordinates lead to a finite edge.
    """
    here, found = function(psi)[0], []
    for i in range(psi.size):
        for sign, has_edge in ((-1, edges.below[i]), (1, edges.above[i])):
            if not has_edge or function(_moved(psi, i, psi[i] + sign))[0] < here - _FALLEN:
                continue
            limit = _levels_off(function, psi, i, sign)
            if limit is not None:
                found.append(limit)
    return tuple(found)


def _moved(psi: np.ndarray, i: int, value: float) -> np.ndarray:
    moved = psi.copy()
    moved[i] = value
    return moved


def _levels_off(function: Function, psi: np.ndarray, i: int, sign: int) -> Limit | None:
    """Walk a coordinate to its edge until the slope is small, and back from a noisy one."""
    here, slope = function(psi)
    before, best = abs(slope[i]), None
    for step in range(1, _WALK):
        at = float(psi[i]) + sign * step
        value, gradient = function(_moved(psi, i, at))
        if not value > here - _FALLEN:
            break
        slope = abs(gradient[i])
        rate = np.log(before / slope) if slope > 0 else 0.0
        if slope < _FADED and _SLOWEST < rate < _FASTEST:
            best = Limit(i, at, sign, float(rate))
        elif best is not None:
            break  # no more than noise from here on
        if slope < _LEVEL:
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
        start[limit.at], sent[limit.at] = limit.value, limit.value + limit.sign * _FAR
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
    """Tell whether the value falls, and nowhere rises, on the way back from an edge."""
    reached = value
    for step in range(1, 2 * _BACK):
        reached = function(_moved(at, limit.at, limit.value - limit.sign * step))[0]
        if reached > value + _NOISE * (1 + abs(value)):
            return False
        if reached < value - _FALLEN:
            break
    return bool(reached < value - _NOISE * (1 + abs(value)))


def _still_to_come(function: Function, at: np.ndarray, limits: tuple[Limit, ...]) -> float:
    """Return what the value gains beyond the limits, as the slopes fade exponentially."""
    slope = function(at)[1]
    return float(sum(limit.sign * slope[limit.at] / limit.rate for limit in limits))
