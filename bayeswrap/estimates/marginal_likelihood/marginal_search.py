"""The search for a marginal maximum: rough, then verified, with the highest point kept.

Where the seconds that are allowed run out, the highest point that was reached is described, and is
not called a maximum. Where effects meet in other pairs than at the start of the search (a program
branches on them, or terms were too small there), their pattern is taken again and the search goes
on.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.budget import to_the_end
from bayeswrap.errors import EngineRunError, OutOfTimeError
from bayeswrap.estimates.marginal_likelihood.boundary_maxima import (
    Limit,
    limits_of,
    optimum_at_limits,
)
from bayeswrap.estimates.marginal_likelihood.quadrature import Quadrature
from bayeswrap.estimates.marginal_likelihood.scale_scan import rough_maximum, scanned_start
from bayeswrap.estimates.optimization.find_optimum import find_optimum
from bayeswrap.estimates.results.optimum import Optimum
from bayeswrap.estimates.results.status import Status
from bayeswrap.progress import Task, task

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.estimates.marginal_likelihood.laplace_marginal import Inner, Laplace
    from bayeswrap.estimates.numerics.functions import Function
    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.estimates.problem.support import SupportEdges

__all__ = [
    "MarginalEnd",
    "search_marginal",
]


_PATTERNS_MAX = 4
_COARSENESS = 10.0  # times the step of differences of exact gradients
_OUT_OF_TIME = (
    "the search stopped when its seconds were spent: the highest point it reached, not a maximum"
)
_PATTERN_IN_DOUBT = (
    "the curvature over {} has fewer than three digits at the estimate, as the log density bends "
    "sharply there: check the estimate against sample()"
)


@dataclass(frozen=True, slots=True)
class MarginalEnd:
    """Where a search ended.

    Attributes
    ----------
    optimum : Optimum
        Of the free coordinates.
    inner : Inner or None
        The effects there; None where they have no mode.
    warnings : tuple of str
        To stay with the estimate.
    """

    optimum: Optimum
    inner: Inner | None
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class _Watch:
    """The highest point of a search, and the progress that it makes."""

    work: Task
    best: np.ndarray | None = field(init=False, default=None)
    value: float = field(init=False, default=-np.inf)

    def on(self, function: Function) -> _Watched:
        """Return a function that is watched, with what is highest forgotten: it may be another."""
        self.value = -np.inf
        return _Watched(function, self)

    def see(self, psi: np.ndarray, value: float) -> None:
        """Keep a point that is higher than those before, and count the point."""
        self.work.step()
        if value > self.value:
            self.best, self.value = psi.copy(), value
            self.work.note = f"log density {value:.2f}"


@dataclass(frozen=True, slots=True)
class _Watched:
    """A marginal log density, whose gradients are differences to eight or nine digits."""

    function: Function
    watch: _Watch
    coarseness: float = _COARSENESS

    def __call__(self, psi: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient = self.function(psi)
        self.watch.see(psi, value)
        return value, gradient


def search_marginal(
    problem: Problem, laplace: Laplace, quadrature: int | None, *, show_progress: bool
) -> MarginalEnd:
    """Search for the maximum of a marginal log density.

    Parameters
    ----------
    problem : Problem
        Tells which coordinates are scales, and which the user has set.
    laplace : Laplace
        The marginal log density by Laplace's approximation.
    quadrature : int or None
        Nodes of a quadrature in each group instead.
    show_progress : bool
        Whether progress is shown whatever is set around it.

    Raises
    ------
    EngineRunError
        No point was found at which the effects can be integrated out.
    OutOfTimeError
        The seconds were spent before there was a point.
    UsageError
        Quadrature was asked for over effects that depend on each other.
    """
    marginal = laplace if quadrature is None else Quadrature(laplace, quadrature)
    with task("integrating effects out", unit="points", show=show_progress or None) as work:
        watch = _Watch(work)
        try:
            return _searched(problem, laplace, marginal, watch)
        except OutOfTimeError:
            if watch.best is None:
                raise
            with to_the_end():
                return _cut_short(laplace, watch.best, watch.value)


def _searched(problem: Problem, laplace: Laplace, marginal: Function, watch: _Watch) -> MarginalEnd:
    psi = _start(problem, laplace)
    edges = problem.coordinates.edges.of(laplace.free)
    psi = _with_structure(laplace, psi)
    psi = rough_maximum(watch.on(laplace), psi, np.array(edges.below) | np.array(edges.above))
    for _ in range(_PATTERNS_MAX):
        psi = _with_structure(laplace, psi)
        optimum, inner = _optimum(watch.on(marginal), laplace, psi, edges)
        if inner is None:
            return MarginalEnd(optimum, inner)
        still = not laplace.quadratic or laplace.is_quadratic(inner)
        laplace.quadratic &= still
        if still and laplace.has_pattern(inner):
            return MarginalEnd(optimum, inner)
        if still and not laplace.take_pattern_at(inner):
            break
        psi = inner.q[laplace.free]
    return MarginalEnd(optimum, inner, (_PATTERN_IN_DOUBT.format(_effects(problem, laplace)),))


def _start(problem: Problem, laplace: Laplace) -> np.ndarray:
    psi = scanned_start(problem, laplace)
    if np.isfinite(laplace.value(psi)):
        return psi
    raise EngineRunError(
        f"no point was found at which {_effects(problem, laplace)} can be integrated out",
        where=problem.program.name,
        do="pass inits= for the other parameters, or use sample()",
    )


def _effects(problem: Problem, laplace: Laplace) -> str:
    variables = problem.coordinates.variables
    return ", ".join({variables[i]: None for i in np.flatnonzero(laplace.latent)})


def _with_structure(laplace: Laplace, psi: np.ndarray) -> np.ndarray:
    """See how the effects meet here, and whether they do so linearly; return the point."""
    inner = laplace.settle(psi)
    if inner is not None:
        laplace.take_pattern_at(inner)
        laplace.quadratic = laplace.is_quadratic(inner)
    return psi


def _cut_short(laplace: Laplace, psi: np.ndarray, value: float) -> MarginalEnd:
    optimum = Optimum(
        q=psi,
        value=value,
        status=Status.NOT_CONVERGED,
        root=np.full((psi.size, 1), np.nan),
        decrement=np.inf,
        condition=np.inf,
    )
    return MarginalEnd(optimum, laplace.settle(psi), (_OUT_OF_TIME,))


def _optimum(
    marginal: Function, laplace: Laplace, psi: np.ndarray, edges: SupportEdges
) -> tuple[Optimum, Inner | None]:
    """Find the maximum; where a scale may have collapsed, that of its limit."""
    limits = limits_of(marginal, psi, edges)
    for chosen in _choices(limits):
        optimum = optimum_at_limits(marginal, psi, edges, chosen)
        if optimum is not None:
            q = optimum.q.copy()
            q[[limit.at for limit in chosen]] = [limit.value for limit in chosen]
            return optimum, laplace.settle(q)
    optimum = find_optimum(marginal, psi, edges)
    return optimum, laplace.settle(optimum.q)


def _choices(limits: tuple[Limit, ...]) -> Iterator[tuple[Limit, ...]]:
    """Yield sets of limits, each coordinate at one edge at most, the largest sets first."""
    for size in range(len(limits), 0, -1):
        for chosen in itertools.combinations(limits, size):
            if len({limit.at for limit in chosen}) == size:
                yield chosen
