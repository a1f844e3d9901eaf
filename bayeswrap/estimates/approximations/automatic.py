"""From the cheapest approximation to NUTS: the first method whose result is adequate."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from bayeswrap.errors import BayeswrapError, EstimationError
from bayeswrap.estimates.approximations.approximation import Approximation
from bayeswrap.estimates.optimization.starting_points import random_start
from bayeswrap.estimates.posterior.draws import Posterior
from bayeswrap.estimates.results.attempt import Attempt
from bayeswrap.thresholds import NEGLIGIBLE_SHIFT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bayeswrap.estimates.posterior.nuts import SampleOptions
    from bayeswrap.estimates.problem.log_density import Objective
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "TimeBudget",
    "first_adequate",
    "seconds_of_nuts",
]


_STEPS = 15  # of a trajectory: a tree of depth 4, rather short
_TIMED = 5

_Result = TypeVar("_Result", Approximation, Posterior)


class TimeBudget:
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

    def forbids(self, seconds: Callable[[], float]) -> str:
        """Return why what takes so many seconds is not begun; empty if it may be."""
        left = self.left
        if left is None:
            return ""
        if left <= 0:
            return f"not tried: the budget of {self._seconds:g} s is spent"
        needed = seconds()
        if left > needed:
            return ""
        return f"not tried: it needs about {needed:.3g} s, and {left:.3g} s of the budget are left"


def first_adequate(
    laplace: Callable[[], Approximation],
    pathfinder: Callable[[], Approximation],
    nuts: Callable[[], Posterior],
    budget: TimeBudget,
    nuts_seconds: Callable[[], float],
) -> Approximation | Posterior:
    """Try one method after the other until a result is adequate, or the budget is spent.

    Parameters
    ----------
    laplace, pathfinder, nuts : callable
        Make the results.
    budget : TimeBudget
        Of wall time.
    nuts_seconds : callable
        Returns about how long NUTS will take.

    Returns
    -------
    Approximation or Posterior
        The first adequate result; else that of NUTS; else the approximation with the smallest
        k-hat, and a warning that says so. Its `attempts` list all methods.

    Raises
    ------
    EstimationError
        No method came to any result.
    """
    trials = _Trials(budget)
    first = trials.attempt("laplace", laplace, lambda: 0.0, _judge_laplace)
    if first is not None and not trials.succeeded:
        trials.correct(first)
    if not trials.succeeded:
        trials.attempt("pathfinder", pathfinder, lambda: 0.0, _judge_weights)
    if not trials.succeeded:
        trials.attempt("nuts", nuts, nuts_seconds, _judge_sampler)
    return trials.best()


class _Trials:
    """The methods tried so far, and their results."""

    def __init__(self, budget: TimeBudget) -> None:
        self.budget = budget
        self.attempts: list[Attempt] = []
        self.results: list[Approximation | Posterior] = []

    @property
    def succeeded(self) -> bool:
        """Whether the last result is adequate."""
        return bool(self.attempts) and self.attempts[-1].good

    def attempt(
        self,
        method: str,
        make: Callable[[], _Result],
        seconds: Callable[[], float],
        judge: Callable[[_Result], tuple[bool, str]],
    ) -> _Result | None:
        """Try a method; return its result, if any."""
        started = time.perf_counter()
        try:
            forbidden = self.budget.forbids(seconds)
            if forbidden:
                self.attempts.append(Attempt(method=method, good=False, reason=forbidden))
                return None
            result = make()
            good, reason = judge(result)
        except BayeswrapError as error:
            detail = (error.got or "").strip().partition("\n")[0]
            reason = f"failed: {error.what}" + (f" ({detail})" if detail else "")
            self._add(method, good=False, reason=reason, started=started)
            return None
        self._add(method, good=good, reason=reason, started=started)
        self.results.append(result)
        return result

    def correct(self, approximation: Approximation) -> None:
        """Go on to the draws of an approximation, resampled by their importance."""
        started = time.perf_counter()
        good, reason = _judge_weights(approximation)
        self._add("psis", good=good, reason=reason, started=started)
        if good:
            self.results.append(approximation.corrected())

    def _add(self, method: str, *, good: bool, reason: str, started: float) -> None:
        seconds = time.perf_counter() - started
        self.attempts.append(Attempt(method=method, good=good, reason=reason, seconds=seconds))

    def best(self) -> Approximation | Posterior:
        """Return the best result, with all attempts."""
        if not self.results:
            raise EstimationError(
                "no approximation and no sampler came to a result",
                got="; ".join(map(str, self.attempts)),
                do="read the reasons above; a larger budget helps only where one names it",
            )
        if self.succeeded:
            return replace(self.results[-1], attempts=tuple(self.attempts))
        best = _least_bad(self.results)
        last = f"no method was good enough, this is the best there is; {self.attempts[-1]}"
        return replace(best, attempts=tuple(self.attempts), warnings=(*best.warnings, last))


def _judge_laplace(approximation: Approximation) -> tuple[bool, str]:
    weights = approximation.importance
    shift = weights.shift_bound
    good = weights.reliable and shift <= NEGLIGIBLE_SHIFT.value
    if not weights.reliable:
        return False, weights.sentence
    words = "at most" if good else "up to"
    return good, f"{weights.sentence}; means are off by {words} {shift:.2g} sd"


def _judge_weights(approximation: Approximation) -> tuple[bool, str]:
    weights = approximation.importance
    if not weights.reliable:
        return False, weights.sentence
    # the mean of a quantity with long tails may ask for more than the weights alone
    k_hats = approximation.to_frame()["k_hat"]
    if not (k_hats > weights.threshold).any():
        return True, weights.sentence
    worst = str(k_hats.idxmax())
    limit = f"its threshold {weights.threshold:.2f}"
    return False, f"Pareto k-hat of the mean of {worst}, {k_hats.max():.2f}, is above {limit}"


def _judge_sampler(posterior: Posterior) -> tuple[bool, str]:
    diagnostics = posterior.diagnostics
    return not diagnostics.problems, str(diagnostics).removeprefix("sampler: ")


def _least_bad(results: Sequence[Approximation | Posterior]) -> Approximation | Posterior:
    """Return the sampler's draws, whose faults are known; else the smallest k-hat."""

    def badness(result: Approximation | Posterior) -> float:
        if isinstance(result, Posterior):
            return -np.inf
        return float(np.nan_to_num(result.pareto_k, nan=np.inf))

    return min(results, key=badness)


def seconds_of_nuts(problem: Problem, options: SampleOptions) -> float:
    """Return about how long NUTS takes, from timed gradients and short trajectories.

    Parameters
    ----------
    problem : Problem
        Program and data, with the Jacobian in.
    options : SampleOptions
        Of the sampler.

    Raises
    ------
    EngineError
        The in-process density cannot take the program.
    """
    objective = problem.objective
    start = random_start(problem, objective, problem.seed)
    if start is None:
        return 0.0
    transitions = options.chains * (options.iter_warmup + options.iter_sampling)
    at_a_time = min(options.parallel_chains or options.chains, os.cpu_count() or 1)
    return _seconds_of(objective, start) * _STEPS * transitions / at_a_time


def _seconds_of(objective: Objective, q: np.ndarray) -> float:
    times = []
    for _ in range(_TIMED):
        started = time.perf_counter()
        objective(q)
        times.append(time.perf_counter() - started)
    return min(times)
