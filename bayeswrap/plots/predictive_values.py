"""The numbers of predictive figures: counts, calibration, groups, and leave-one-out PIT."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize, special

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.estimates.problem.problem import Problem
    from bayeswrap.verdicts.predictive_checks import Prediction

__all__ = [
    "Bands",
    "calibration",
    "frequencies",
    "group_means",
    "grouping_variables",
    "leave_one_out_pit",
    "names_of_groups",
    "pit_bands",
]


_TAILS = (0.025, 0.975)
_ROWS = 200  # replications that a band of calibration curves rests on
_MOST_BARS = 40
_MOST_GROUPS = 60
_TWO = 2
_GRID = 60  # points of a distribution function
_SIMULATIONS = 1000
_SEED = 214


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bands:
    """What the data show at some places, and what their replications do.

    Attributes
    ----------
    x : (m,) array
        The places: values of the outcome, predicted probabilities, or groups.
    observed : (m,) array
        Of the data.
    expected, lower, upper : (m,) array
        Mean and ends of the central 95 % of the replications.
    step : float
        Distance of the places, where they are bins.
    names : tuple of str
        The names of groups.
    """

    x: np.ndarray
    observed: np.ndarray
    expected: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    step: float = 1.0
    names: tuple[str, ...] = ()


def frequencies(observed: np.ndarray, usual: np.ndarray, rows: np.ndarray) -> Bands:
    """Return how often each whole number occurs in the data and in their replications.

    Parameters
    ----------
    observed : (n,) array
        Whole numbers.
    usual : array
        Replications that set the range, that of their bulk and of the data.
    rows : (draws, n) array
        Replications that are counted.

    Examples
    --------
    >>> import numpy as np
    >>> bands = frequencies(np.array([0, 0, 1]), np.array([[0, 1, 1]]), np.array([[0, 1, 1]]))
    >>> bands.observed.tolist(), bands.expected.tolist()
    ([2, 1], [1.0, 2.0])
    """
    low, high = (float(q) for q in np.quantile(usual, [0.005, 0.995]))
    low, high = min(low, float(observed.min())), max(high, float(observed.max()))
    step = float(max(1, np.ceil((high - low + 1) / _MOST_BARS)))
    edges = np.arange(np.floor(low) - 0.5, high + 0.5 + step, step)
    edges = edges[: int(np.searchsorted(edges, high)) + 1]
    places = np.searchsorted(edges, rows, side="right") - 1
    bins = edges.size - 1
    inside = (places >= 0) & (places < bins)
    shifted = (places + bins * np.arange(len(rows))[:, None])[inside]
    counts = np.bincount(shifted, minlength=bins * len(rows)).reshape(len(rows), bins)
    lower, upper = np.quantile(counts, _TAILS, axis=0)
    return Bands(
        x=(edges[:-1] + edges[1:]) / 2,
        observed=np.histogram(observed, edges)[0],
        expected=counts.mean(axis=0),
        lower=lower,
        upper=upper,
        step=step,
    )


def calibration(observed: np.ndarray, rows: np.ndarray) -> Bands:
    """Return the isotonic regression of a binary outcome on its predicted probability.

    The band holds the same regression of the replications, whose probabilities are right.

    Parameters
    ----------
    observed : (n,) array
        Zeros and ones.
    rows : (draws, n) array
        Replications; their mean is the predicted probability.

    References
    ----------
    Dimitriadis, Gneiting & Jordan (2021), doi:10.1073/pnas.2016191118.
    """
    probability = rows.mean(axis=0)
    places, group = np.unique(probability, return_inverse=True)
    size = np.bincount(group).astype(float)

    def fit(y: np.ndarray) -> np.ndarray:
        means = np.bincount(group, weights=y) / size
        return np.asarray(optimize.isotonic_regression(means, weights=size).x)

    some = np.linspace(0, len(rows) - 1, min(_ROWS, len(rows))).astype(int)
    curves = np.array([fit(row) for row in rows[some]])
    lower, upper = np.quantile(curves, _TAILS, axis=0)
    return Bands(x=places, observed=fit(observed), expected=places, lower=lower, upper=upper)


def grouping_variables(prediction: Prediction, problem: Problem) -> dict[str, np.ndarray]:
    """Return the group of each observation, by data variable that indexes groups.

    Such a variable is ``array[N] int<lower=1, upper=J>``, as long as the outcome.

    Parameters
    ----------
    prediction : Prediction
        Whose outcome is grouped.
    problem : Problem
        With program and data.
    """
    groups = {}
    for variable in problem.program.variables_in("data"):
        declared = variable.declaration
        values = np.asarray(problem.data.values.get(variable.name, ()))
        is_index = declared.base == "int" and len(declared.bounds) == _TWO
        sizes = is_index and declared.bounds[1].head == "Variable"
        if not sizes or values.shape != prediction.observed.shape:
            continue
        own = variable.name in {prediction.variable, prediction.outcome}
        if not own and 1 < np.unique(values).size <= _MOST_GROUPS:
            groups[variable.name] = values
    return groups


def names_of_groups(problem: Problem, variable: str) -> tuple[str, ...]:
    """Return the names of the levels that a data variable indexes, empty where there are none.

    Parameters
    ----------
    problem : Problem
        With program and data.
    variable : str
        ``array[N] int<lower=1, upper=J>``.
    """
    if variable in problem.data.levels:
        return tuple(problem.data.levels[variable])
    size = problem.program.variables[variable].declaration.bounds[1].name
    elements: Mapping[str, tuple[tuple[str, ...], ...]] = getattr(problem.labels, "elements", {})
    for name, axes in elements.items():
        dims = problem.program.variables[name].declaration.dims
        for dim, names in zip(dims, axes, strict=False):
            if dim.head == "Variable" and dim.name == size:
                return tuple(names)
    return ()


def group_means(prediction: Prediction, groups: np.ndarray, names: tuple[str, ...] = ()) -> Bands:
    """Return the mean of the outcome in each group, of the data and of the replications.

    Parameters
    ----------
    prediction : Prediction
        Outcome and replications.
    groups : (n,) array
        The group of each observation.
    names : tuple of str, optional
        Names of the groups 1, 2, ...
    """
    levels, place = np.unique(groups, return_inverse=True)
    share = np.zeros((groups.size, levels.size))
    share[np.arange(groups.size), place] = 1 / np.bincount(place)[place]
    means = prediction.posterior @ share
    lower, upper = np.quantile(means, _TAILS, axis=0)
    return Bands(
        x=np.arange(1, levels.size + 1, dtype=float),
        observed=prediction.observed @ share,
        expected=means.mean(axis=0),
        lower=lower,
        upper=upper,
        names=tuple(names[int(g) - 1] if names else str(g) for g in levels),
    )


def leave_one_out_pit(
    observed: np.ndarray, rows: np.ndarray, log_weights: np.ndarray
) -> np.ndarray:
    """Return the probability of a smaller outcome, given all other observations.

    sum_s w_is I(y_rep_is < y_i) + u_i sum_s w_is I(y_rep_is = y_i) with the importance weights w
    of leaving observation i out, and u_i uniform, which matters for discrete outcomes alone.

    Parameters
    ----------
    observed : (n,) array
        The data.
    rows : (draws, n) array
        A replication at each draw.
    log_weights : (draws, n) array
        Smoothed log weights of the same draws, on any scale.

    Examples
    --------
    >>> import numpy as np
    >>> rows = np.array([[0.0], [1.0], [2.0], [3.0]])
    >>> float(leave_one_out_pit(np.array([1.5]), rows, np.zeros((4, 1)))[0])
    0.5
    """
    weights = np.exp(log_weights - log_weights.max(axis=0))
    weights /= weights.sum(axis=0)
    below = np.einsum("sn,sn->n", weights, rows < observed)
    equal = np.einsum("sn,sn->n", weights, rows == observed)
    u = np.random.default_rng(_SEED).random(observed.size)
    return np.asarray(np.clip(below + u * equal, 0.0, 1.0))


def pit_bands(pit: np.ndarray, ci_prob: float = 0.95) -> Bands:
    """Return the distribution function of PIT values minus that of a uniform distribution.

    The band holds the whole function with probability `ci_prob` where the values are uniform: the
    pointwise level is the largest one at which so many of 1,000 simulated functions stay inside.

    Parameters
    ----------
    pit : (n,) array
        Probability integral transforms.
    ci_prob : float, optional
        Coverage of the band.

    References
    ----------
    Säilynoja, Bürkner & Vehtari (2022), doi:10.1007/s11222-022-10090-6.
    """
    n, x = pit.size, np.arange(1, _GRID) / _GRID
    rng = np.random.default_rng(_SEED)
    counts = rng.multinomial(n, np.full(_GRID, 1 / _GRID), _SIMULATIONS).cumsum(axis=1)[:, :-1]
    # two-sided tail probability of each simulated function at its most extreme point
    below, above = special.bdtr(counts, n, x), special.bdtrc(counts - 1.0, n, x)
    extreme = np.minimum(below, np.where(counts == 0, 1.0, above)).min(axis=1)
    tail = float(np.quantile(extreme, 1 - ci_prob))
    lower = np.ceil(special.bdtrik(tail, n, x)) / n
    upper = np.ceil(special.bdtrik(1 - tail, n, x)) / n
    observed = np.searchsorted(np.sort(pit), x, side="right") / n
    return Bands(
        x=x, observed=observed - x, expected=np.zeros_like(x), lower=lower - x, upper=upper - x
    )
