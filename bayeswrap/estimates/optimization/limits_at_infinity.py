"""Limits at infinity: a positive parameter that grows without bound, and the others.

The dispersion of a negative binomial, the degrees of freedom of a Student t: towards infinity
d = 1/x goes to 0, where the density has a limit that is smooth in d, f = f_0 + f_d d + ... Far out
the program's own arithmetic fails (differences of lgamma), so that a search ends anywhere, on
noise. The profile at moderate distances tells: where it rises by steps that shrink like d or like
d^2, the limit at d = 0 follows from two of them,

    f_0 = (f(d') - r f(d)) / (1 - r),    r = d'/d,

and so do the others (Richardson's extrapolation).

References
----------
Richardson 1911, Philosophical Transactions A 210:307, doi:10.1098/rsta.1911.0009.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.estimates.numerics.derivatives import whiten
from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.optimization.verification import clean_optimum
from bayeswrap.estimates.results.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias

    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.support import SupportEdges
    from bayeswrap.estimates.results.optimum import Optimum

    Climb: TypeAlias = Callable[[Function, np.ndarray, SupportEdges], Optimum]

__all__ = [
    "limit_at_infinity",
    "with_others",
]

_FAR_OUT = 8.0  # log units: 3,000 and more
_STRIDE = 2.0  # log units
_NEAREST, _FARTHEST = 2.0, 24.0  # log units
_RATIO = float(np.exp(-_STRIDE))  # of distances in a row
_SHRINKS = (0.2 * _RATIO**2, 2.0 * _RATIO)  # a step to the one before: quadratic to linear in d
_STEPS_MIN = 3  # in a row that shrink alike
_MEASURABLE = 1e-9  # relative: a smaller step is rounding
_CANDIDATES_MAX = 3
_ALONG, _LASTING = 0.1, 0.7  # of the leading step; of the step before: what settles halves it
_WIDER = 2.0  # times the spread, for a coordinate ten times as far out


@dataclass(frozen=True, slots=True)
class _Stage:
    """The maximum over the others with one coordinate held."""

    at: float
    inner: Optimum


def limit_at_infinity(
    function: Function, q: np.ndarray, edges: SupportEdges, climb: Climb
) -> Optimum | None:
    """Return the limit towards which the density rises as a positive parameter grows.

    Parameters
    ----------
    function : callable
        Value and gradient.
    q : (dimension,) array
        Where an ascent ended.
    edges : SupportEdges
        Tell which coordinates are logarithms.
    climb : callable
        From function, start and edges to an optimum, where the others may lie on an edge.

    Returns
    -------
    Optimum or None
        Of status AT_INFINITY, with value, coordinates and curvature of the others as in the limit;
        the coordinate that grows stands where they were read and is excluded. Or, where the
        density falls towards infinity, the maximum before it.
    """
    logs = [
        i
        for i in range(q.size)
        if edges.alone[i] and edges.below[i] and not edges.above[i] and q[i] > _FAR_OUT
    ]
    for leading in sorted(logs, key=lambda i: -q[i])[:_CANDIDATES_MAX]:
        found = _limit_along(function, q, leading, edges, climb)
        if found is not None:
            return found
    return None


def with_others(
    function: Function, end: Optimum, moving: Sequence[int], edges: SupportEdges
) -> Optimum:
    """Return an end at infinity with the curvature of what stays finite, where that is a maximum.

    The leading coordinate is held; those that move with it follow where the data determine their
    distance from it, or are held as well.

    Parameters
    ----------
    function : callable
        Value and gradient.
    end : Optimum
        Of status AT_INFINITY, its value all but level.
    moving : sequence of int
        The coordinates that run to infinity together.
    edges : SupportEdges
        Where coordinates lead to a finite edge.
    """
    leading = int(np.argmax(np.abs(end.direction)))  # type: ignore[arg-type]
    for held in dict.fromkeys(((leading,), tuple(sorted(moving)))):
        rest = [i for i in range(end.q.size) if i not in held]
        chosen = np.isin(np.arange(end.q.size), rest)
        inner = clean_optimum(restricted(function, end.q, rest), end.q[rest], edges.of(chosen))
        if rest and inner.status is Status.CONVERGED and not _widens(function, end, rest, inner):
            whole = inner.embedded(np.array(rest, dtype=int), end.q)
            return replace(
                whole,
                status=end.status,
                direction=end.direction,
                excluded=tuple(sorted({*moving, *whole.excluded})),
            )
    return end


def _widens(function: Function, end: Optimum, rest: list[int], inner: Optimum) -> bool:
    """Return whether the spread of some other coordinate grows with the one that runs away.

    Nothing then stays finite for it: a mean is known ever less well while its scale grows.
    """
    direction = np.asarray(end.direction)
    further = end.q + np.log(10) * direction / np.abs(direction).max()
    further[rest] = inner.q
    after = whiten(restricted(function, further, rest), inner.q, inner.root)
    return _has_wider(inner.root, after)


def _has_wider(root: np.ndarray, further: np.ndarray) -> bool:
    here, there = (np.linalg.norm(t, axis=1) for t in (root, further))
    return bool((there > _WIDER * here).any())


def _limit_along(
    function: Function, q: np.ndarray, leading: int, edges: SupportEdges, climb: Climb
) -> Optimum | None:
    rest = [i for i in range(q.size) if i != leading]
    stages = _stages(function, q, leading, edges, climb)
    steps = np.diff([s.inner.value for s in stages])
    if len(steps) < _STEPS_MIN:
        return None
    first = _steady(steps, _MEASURABLE * (1 + abs(stages[-1].inner.value)))
    if first is None:
        return None
    if steps[first] < 0:
        at = q.copy()
        at[leading], at[rest] = stages[first].at, stages[first].inner.q
        inside = clean_optimum(function, at, edges)
        return inside if inside.status is Status.CONVERGED else None
    end = _extrapolated(stages[first:], leading, rest, q)
    if _has_wider(stages[-2].inner.root, stages[-1].inner.root):
        return replace(end, root=np.full((q.size, 1), np.nan), excluded=())
    return end


def _stages(
    function: Function, q: np.ndarray, leading: int, edges: SupportEdges, climb: Climb
) -> list[_Stage]:
    """Maximise over the others at growing distances, until they have no clean maximum any more."""
    stages: list[_Stage] = []
    rest = [i for i in range(q.size) if i != leading]
    inside = edges.of(np.isin(np.arange(q.size), rest))
    begin = q[rest]
    for at in np.arange(_NEAREST, _FARTHEST, _STRIDE):
        held = q.copy()
        held[leading] = at
        others = restricted(function, held, rest)
        inner = clean_optimum(others, begin, inside)
        if inner.status is not Status.CONVERGED:
            inner = climb(others, begin, inside)
        if inner.status.is_estimate:
            stages.append(_Stage(float(at), inner))
            begin = inner.q
        elif len(stages) > _STEPS_MIN:
            break
        else:
            stages.clear()
    return stages


def _steady(steps: np.ndarray, least: float) -> int | None:
    """Return the first of some steps in a row that shrink like the distance or its square."""
    for first in range(len(steps) - _STEPS_MIN + 1):
        some = steps[first : first + _STEPS_MIN]
        if (np.abs(some) < least).any():
            return None
        shrinks = some[1:] / some[:-1]
        if ((shrinks > _SHRINKS[0]) & (shrinks < _SHRINKS[1])).all():
            return first
    return None


def _extrapolated(
    stages: Sequence[_Stage], leading: int, rest: list[int], q: np.ndarray
) -> Optimum:
    """Extrapolate value and coordinates to the limit, where two extrapolations agree best."""

    def limit(near: _Stage, far: _Stage) -> np.ndarray:
        pairs = zip(*(np.append(s.inner.q, s.inner.value) for s in (near, far)), strict=True)
        return np.array([(b - _RATIO * a) / (1 - _RATIO) for a, b in pairs])

    limits = [limit(a, b) for a, b in pairwise(stages)]
    lengths = np.linalg.norm(stages[0].inner.root, axis=1)
    scales = np.append(np.where(lengths > 0, lengths, 1.0), 1.0)
    along = _along(stages, rest, q.size)
    settles = np.append(along[rest] == 0, True)
    apart = [np.abs((b - a) / scales)[settles].max() for a, b in pairwise(limits)]
    best = int(np.argmin(apart)) + 1
    inner, value = stages[best + 1].inner, float(limits[best][-1])
    at = q.copy()
    at[leading] = stages[best + 1].at
    whole = replace(inner, q=limits[best][:-1], value=value).embedded(np.array(rest, dtype=int), at)
    outward = np.zeros(q.size)
    outward[leading] = 1.0
    outward += along
    whole.root[along != 0] = 0.0  # what runs away has no spread
    excluded = tuple(sorted({leading, *whole.excluded, *map(int, np.flatnonzero(along))}))
    return replace(whole, status=Status.AT_INFINITY, direction=outward, excluded=excluded)


def _along(stages: Sequence[_Stage], rest: list[int], dimension: int) -> np.ndarray:
    """Return the steps of coordinates that run away with the leading one, over its own; else 0.

    Parameters of a Dirichlet grow in proportion: a step of a log is as long as the one before.
    """
    steps = np.diff([s.inner.q for s in stages[-3:]], axis=0) / _STRIDE
    lasting = np.abs(steps) > _ALONG
    steady = lasting.all(axis=0) & (np.abs(steps[-1]) > _LASTING * np.abs(steps[0]))
    moves = np.zeros(dimension)
    moves[np.array(rest, dtype=int)[steady]] = steps[-1][steady]
    return moves
