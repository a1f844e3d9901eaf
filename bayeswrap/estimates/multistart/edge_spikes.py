"""Whether the density has a spike at an edge that is made of the outcomes, such as tau < min(y).

A shifted Weibull or gamma with a shape below 1 grows as d^(shape - 1) where the edge comes within d
of the smallest outcome (Smith 1985, Biometrika 72:67, doi:10.1093/biomet/72.1.67), and a shifted
lognormal on a curve along which its scale grows too (Hill 1963, Journal of the American
Statistical Association 58:72). Their MLE is a local maximum beside it, to which searches climb,
since the way up is narrow. So the edge is approached and the density watched.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.problem.estimand import Estimator
from bayeswrap.program.moving_support import bounds_of_outcomes
from bayeswrap.thresholds import COLLAPSE_RISE, EDGE_SPIKE_EVENNESS, SPIKE_SLOPE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "EdgeSpike",
    "edge_spike",
]

_DEPTHS = (16.0, 19.0, 22.0)  # log units of the distance to the edge, below the spread of the data
_SHAPES = (0.5, 0.25, 2.0)  # of another positive parameter: a shape below 1, or its inverse
_SCALES = (100.0, 300.0)  # of one that can grow without bound
_OTHERS_MAX = 20  # positive parameters that are tried


@dataclass(frozen=True, slots=True)
class EdgeSpike:
    """A place on the way to an edge at which the density is unbounded.

    Attributes
    ----------
    parameter : str
        The coordinate that goes to its bound.
    q : (dimension,) array
        The place.
    """

    parameter: str
    q: np.ndarray


@dataclass(frozen=True, slots=True)
class _Approach:
    """Values of the density at three depths."""

    heights: np.ndarray

    @property
    def slopes(self) -> np.ndarray:
        """Nats a log unit of the distance, far from the edge and near it."""
        return np.diff(self.heights) / np.diff(_DEPTHS)

    @property
    def is_even(self) -> bool:
        """Whether the value rises in proportion to the log of the distance: without bound."""
        far, near = self.slopes
        return bool(near >= SPIKE_SLOPE.value and far <= EDGE_SPIKE_EVENNESS.value * near)

    @property
    def summit(self) -> float:
        """The height that is reached where the slope falls evenly to 0; -inf where it is small."""
        far, near = self.slopes
        if not near >= SPIKE_SLOPE.value:
            return -np.inf
        bend = (far - near) / np.diff(_DEPTHS)[0]
        return float(self.heights[-1] + near**2 / (2 * bend)) if bend > 0 else np.inf


def edge_spike(problem: Problem, mode: np.ndarray) -> EdgeSpike | None:
    """Look for a spike at the edges that are made of the outcomes.

    Parameters
    ----------
    problem : Problem
        What is maximised.
    mode : (dimension,) array
        Where the other coordinates stay.

    Returns
    -------
    EdgeSpike or None
        None where no edge that was tried is one, which proves nothing.

    Notes
    -----
    With another positive parameter at a shape below 1 the value rises evenly with the log of the
    distance, and so without bound. With the scale s of a lognormal likelihood held, the slope falls
    evenly from 1 to 0 over a way of s^2 log units, so that the value rises by s^2 / 2, beside which
    the n log(s) that the scale costs are little: the likelihood is unbounded if the summit rises
    with s above the mode. A prior of s may forbid that, so it is asked of an MLE alone.
    """
    function = problem.objective
    for place, sign, name in _edges(problem):
        begin = _beside(problem, mode, place, sign)
        others = _positive(problem, place)
        for point in _with_shapes(begin, others):
            if _approach(function, point, place, sign).is_even:
                return EdgeSpike(name, _at(point, place, sign, _DEPTHS[-1]))
        if problem.estimator is not Estimator.MLE:
            continue
        enough = function(mode)[0] + COLLAPSE_RISE.value
        for other in others:
            points = [_moved(begin, other, np.log(scale)) for scale in _SCALES]
            low, high = (_approach(function, point, place, sign).summit for point in points)
            if enough < low < high:
                return EdgeSpike(name, _at(points[-1], place, sign, _DEPTHS[-1]))
    return None


def _edges(problem: Problem) -> Iterator[tuple[int, int, str]]:
    """Yield coordinates with a bound that is made of outcomes, and the way to it."""
    bounded, coordinates = bounds_of_outcomes(problem.program), problem.coordinates
    rows = zip(coordinates.names, coordinates.variables, coordinates.constraints, strict=True)
    for place, (name, variable, constraint) in enumerate(rows):
        if variable in bounded and name not in problem.fixed and constraint.edge_of_one:
            yield from (
                ((place, -1, name),)
                if constraint.exp_sign
                else (
                    (place, 1, name),
                    (place, -1, name),
                )
            )


def _beside(problem: Problem, mode: np.ndarray, place: int, sign: int) -> np.ndarray:
    """Return the mode with one coordinate at least a spread of the data from its edge."""
    spreads = [
        float(np.std(values))
        for value in problem.data.values.values()
        if (values := np.asarray(value)).dtype.kind == "f" and values.size > 1 and np.ptp(values)
    ]
    farthest = np.log(min(spreads, default=1.0))
    logistic = problem.coordinates.constraints[place].exp_sign == 0
    return _moved(mode, place, sign * max(0.0, sign * mode[place]) if logistic else farthest)


def _positive(problem: Problem, place: int) -> list[int]:
    coordinates = problem.coordinates
    return [
        i
        for i, constraint in enumerate(coordinates.constraints)
        if constraint.is_log and i != place and coordinates.names[i] not in problem.fixed
    ][:_OTHERS_MAX]


def _with_shapes(begin: np.ndarray, others: list[int]) -> Iterator[np.ndarray]:
    yield begin
    for other in others:
        yield from (_moved(begin, other, np.log(shape)) for shape in _SHAPES)


def _approach(function: Function, begin: np.ndarray, place: int, sign: int) -> _Approach:
    points = [_at(begin, place, sign, depth) for depth in _DEPTHS]
    heights = np.array([function(point)[0] for point in points])
    return _Approach(heights if np.isfinite(heights).all() else np.zeros(len(_DEPTHS)))


def _at(begin: np.ndarray, place: int, sign: int, depth: float) -> np.ndarray:
    return _moved(begin, place, begin[place] + sign * depth)


def _moved(q: np.ndarray, place: int, value: float) -> np.ndarray:
    moved = q.copy()
    moved[place] = value
    return moved
