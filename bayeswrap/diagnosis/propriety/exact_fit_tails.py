"""The tail of a scale that collapses at an exact fit: whether its mass at 0 is infinite.

Where parameters fit the data exactly, n observations with scale s have a density that grows as
s^-n, and s^k is the width of the k directions that a shrinking s pins down. What is left of the
density of s is s^(k - n), whose integral diverges at 0 from n - k = 1 on: both are measured here,
as one slope.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.diagnosis.propriety.evaluation_budget import BudgetSpentError, EvaluationBudget
from bayeswrap.diagnosis.propriety.rays import ConditionalMaximum, Ray
from bayeswrap.diagnosis.propriety.tails import Mass, Tail
from bayeswrap.estimates.numerics.derivatives import diagonal_scale
from bayeswrap.estimates.numerics.functions import restricted
from bayeswrap.estimates.optimization.exact_fit import collapsed_scales, data_rounding
from bayeswrap.thresholds import EXACT_FIT_SLOPE

if TYPE_CHECKING:
    from bayeswrap.estimates.problem.problem import Problem

__all__ = [
    "exact_fit_tails",
]


# multiples of the rounding error of the data: small beside the data, large beside what is lost of
# residuals that are differences of large numbers
_WIDEST_SCALE = 1e6
_SHRINK_FACTOR = 1e2  # a step
_SHRINK_STEPS = 2
_UPWARDS = 4  # stations towards scales as large as the data, for the depth
_SAME_SLOPE = 0.1  # the slope is a whole number, or half of one where the scale is a variance


def exact_fit_tails(problem: Problem, q: np.ndarray, *, budget: int = 20_000) -> tuple[Tail, ...]:
    """Return the tails with infinite mass that lead to an exact fit.

    Parameters
    ----------
    problem : Problem
        Which density: its parts; the Jacobian is on. A prior with a finite density at 0 changes
        nothing, one that vanishes there fast enough bends the slope and keeps the mass finite.
    q : (dimension,) array
        Where a search ended that found the density to grow without bound.
    budget : int
        Most evaluations of the gradient for each scale.

    Returns
    -------
    tuple of Tail
        One for each scale that is less than a million rounding errors of the data and whose mass is
        infinite at 0; tails that are finite or not determined are left out.

    Notes
    -----
    The marginal density of the log scale is taken by Laplace's method, exact for a Gaussian
    regression. Other scales that collapsed as well are held: an infinite integral over a part of
    the space is one over all of it.
    """
    collapsed = collapsed_scales(problem, q, times=_WIDEST_SCALE)
    names = list(problem.coordinates.names)
    scales = [names.index(name) for name in collapsed]
    tails = []
    for name in collapsed:
        with suppress(BudgetSpentError):
            tails.append(_tail(problem, q, name, scales, budget))
    return tuple(tail for tail in tails if tail is not None)


def _tail(
    problem: Problem, q: np.ndarray, name: str, scales: list[int], budget: int
) -> Tail | None:
    ray = _ray(problem, q, name, scales, budget)
    step = float(np.log(_SHRINK_FACTOR))
    inwards = _walk(ray, [i * step for i in range(_SHRINK_STEPS + 1)], None)
    slopes = [(b.marginal - a.marginal) / step for a, b in pairwise(inwards)]
    # also where one is not a number
    if not (min(slopes) >= EXACT_FIT_SLOPE.value and max(slopes) - min(slopes) < _SAME_SLOPE):
        return None
    outwards = _walk(ray, [-i * step for i in range(1, _UPWARDS + 1)], inwards[0])
    return Tail(
        coordinate=name,
        sign=-1,
        outcome=Mass.INFINITE,
        exponent=float((inwards[-2].marginal - inwards[-1].marginal) / np.log(2)),
        depth=_deepest([*reversed(outwards), *inwards]),
        end="its lower bound",
    )


def _ray(problem: Problem, q: np.ndarray, name: str, scales: list[int], budget: int) -> Ray:
    """Return the way along one log scale from a point at which all of them are wide."""
    base = np.array(q, dtype=np.float64)
    base[scales] = np.log(_WIDEST_SCALE * data_rounding(problem))
    held = problem.fixed_coordinates
    base[list(held)] = list(held.values())
    own = problem.coordinates.names.index(name)
    free = [i for i in range(base.size) if i == own or not (i in held or i in scales)]
    function = problem.density.objective(problem.weights, jacobian=True)
    budgeted = EvaluationBudget(restricted(function, base, free), budget)
    direction = -np.eye(len(free))[free.index(own)]
    across = np.delete(np.eye(len(free)), free.index(own), axis=1)
    return Ray(budgeted, base[free], direction, across)


def _walk(
    ray: Ray, distances: list[float], last: ConditionalMaximum | None
) -> list[ConditionalMaximum]:
    """Return the inner maxima, each from the one before; not a number where there is none."""
    maxima = []
    for t in distances:
        inner, w = ray.at(t), np.zeros(ray.across.shape[1]) if last is None else last.w
        root = np.diag(diagonal_scale(inner, w, inner(w)[1]))
        last_root = None if last is None or last.root is None else last.root
        last = ray.exact(t, [w], root if last_root is None else last_root)
        maxima.append(last)
    return maxima


def _deepest(stations: list[ConditionalMaximum]) -> float:
    """Return the largest fall on the way in, nats."""
    heights = [s.marginal for s in stations if np.isfinite(s.marginal)]
    return float(max((a - b for a, b in combinations(heights, 2) if a > b), default=0.0))
