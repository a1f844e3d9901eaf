"""From the cheapest approximation to NUTS: each rung is judged, and the first good one is taken.

Imports `approximation`, `posterior` and their neighbours.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from bayeswrap.errors import BayeswrapError, EstimationError
from bayeswrap.estimates.approximation import Approximation
from bayeswrap.estimates.posterior import Posterior

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.estimates.objective import Objective

__all__ = ["Budget", "Rung", "climb_rungs", "seconds_of_nuts"]

# a mean that is off by less than this share of its sd needs no correction
_NEGLIGIBLE = 0.1
_STEPS = 15  # of a trajectory: a tree of depth 4, rather short
_TIMED = 5

_Result = TypeVar("_Result", Approximation, Posterior)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One rung of the climb from the cheapest approximation to NUTS.

    Attributes
    ----------
    method : str
        ``"laplace"``, ``"psis"``, ``"pathfinder"`` or ``"nuts"``.
    good : bool
        Whether the climb could end here.
    reason : str
        Why, or why not.
    seconds : float
        Wall time; 0 where nothing was run.
    """

    method: str
    good: bool
    reason: str
    seconds: float = 0.0

    def __str__(self) -> str:
        return f"{self.method}: {self.reason}"


class Budget:
    """Wall time that may be spent, counted from now.

    Parameters
    ----------
    seconds : float or None
        None for no limit.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._started = time.perf_counter()

    @property
    def left(self) -> float | None:
        """Seconds that are left; None without a limit."""
        if self._seconds is None:
            return None
        return self._seconds - (time.perf_counter() - self._started)

    def forbids(self, seconds: float) -> str:
        """Return why something that takes so many seconds is not begun; empty if it may be."""
        left = self.left
        if left is None or left > max(seconds, 0.0):
            return ""
        if left <= 0:
            return f"not tried: the budget of {self._seconds:g} s is spent"
        return f"not tried: it needs about {seconds:.3g} s, and {left:.3g} s of the budget are left"


def climb_rungs(
    laplace: Callable[[], Approximation],
    pathfinder: Callable[[], Approximation],
    nuts: Callable[[], Posterior],
    budget: Budget,
    nuts_seconds: Callable[[], float],
) -> Approximation | Posterior:
    """Climb until a rung is good, or the budget is spent.

    Parameters
    ----------
    laplace, pathfinder, nuts : callable
        Make the results.
    budget : Budget
        Of wall time.
    nuts_seconds : callable
        Returns how long NUTS will take at least.

    Returns
    -------
    Approximation or Posterior
        The first good result; else that of NUTS; else the approximation with the smallest
        k-hat. All rungs are in its `rungs`, those that were not good in its warnings too.

    Raises
    ------
    EstimationError
        No rung came to any result.
    """
    climb = _Climb(budget)
    first = climb.attempt("laplace", laplace, lambda: 0.0, _judge_laplace)
    if first is not None and not climb.arrived:
        climb.correct(first)
    if not climb.arrived:
        climb.attempt("pathfinder", pathfinder, lambda: 0.0, _judge_weights)
    if not climb.arrived:
        climb.attempt("nuts", nuts, nuts_seconds, _judge_sampler)
    return climb.finish()


class _Climb:
    """The rungs so far, and what they came to."""

    def __init__(self, budget: Budget) -> None:
        self.budget = budget
        self.rungs: list[Rung] = []
        self.results: list[Approximation | Posterior] = []

    @property
    def arrived(self) -> bool:
        return bool(self.rungs) and self.rungs[-1].good

    def attempt(
        self,
        method: str,
        make: Callable[[], _Result],
        seconds: Callable[[], float],
        judge: Callable[[_Result], tuple[bool, str]],
    ) -> _Result | None:
        """Try a rung; return what it came to, if anything."""
        started = time.perf_counter()
        forbidden = self.budget.forbids(0.0) or self.budget.forbids(seconds())
        if forbidden:
            self.rungs.append(Rung(method=method, good=False, reason=forbidden))
            return None
        try:
            result = make()
            good, reason = judge(result)
        except BayeswrapError as error:
            told = (error.got or "").strip().partition("\n")[0]
            reason = f"failed: {error.what}" + (f" ({told})" if told else "")
            self._add(method, good=False, reason=reason, started=started)
            return None
        self._add(method, good=good, reason=reason, started=started)
        self.results.append(result)
        return result

    def correct(self, found: Approximation) -> None:
        """Climb from an approximation to its corrected draws."""
        started = time.perf_counter()
        good, reason = _judge_weights(found)
        self._add("psis", good=good, reason=reason, started=started)
        if good:
            self.results.append(found.corrected())

    def _add(self, method: str, *, good: bool, reason: str, started: float) -> None:
        seconds = time.perf_counter() - started
        self.rungs.append(Rung(method=method, good=good, reason=reason, seconds=seconds))

    def finish(self) -> Approximation | Posterior:
        """Return the best result with all rungs."""
        told = tuple(str(rung) for rung in self.rungs if not rung.good)
        if not self.results:
            raise EstimationError(
                "no approximation and no sampler came to a result",
                got="; ".join(told),
                do="read the reasons above; a larger budget helps only where one names it",
            )
        best = self.results[-1] if self.arrived else _least_bad(self.results)
        if not self.arrived:
            told = (*told, "no rung was good: this is the best of those that could be had")
        return replace(best, rungs=tuple(self.rungs), warnings=(*best.warnings, *told))


def _judge_laplace(found: Approximation) -> tuple[bool, str]:
    weights = found.importance
    shift = weights.shift_bound
    good = weights.reliable and shift <= _NEGLIGIBLE
    if not weights.reliable:
        return False, weights.sentence
    words = "at most" if good else "up to"
    return good, f"{weights.sentence}; means are off by {words} {shift:.2g} sd"


def _judge_weights(found: Approximation) -> tuple[bool, str]:
    return found.importance.reliable, found.importance.sentence


def _judge_sampler(found: Posterior) -> tuple[bool, str]:
    return not found.diagnostics.problems, str(found.diagnostics).removeprefix("sampler: ")


def _least_bad(results: Sequence[Approximation | Posterior]) -> Approximation | Posterior:
    """Return the sampler's draws, whose faults are known; else the smallest k-hat."""

    def badness(result: Approximation | Posterior) -> float:
        if isinstance(result, Posterior):
            return -np.inf
        return float(np.nan_to_num(result.pareto_k, nan=np.inf))

    return min(results, key=badness)


def seconds_of_nuts(objective: Objective, q: np.ndarray, transitions: int) -> float:
    """Return how long some transitions of NUTS take one after the other, from timed gradients.

    Parameters
    ----------
    objective : Objective
        The log density.
    q : (dimension,) array
        A point with finite density.
    transitions : int
        Their number, of warm-up too.
    """
    times = []
    for _ in range(_TIMED):
        started = time.perf_counter()
        objective(q)
        times.append(time.perf_counter() - started)
    return min(times) * _STEPS * transitions
