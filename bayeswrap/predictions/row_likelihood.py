"""The log likelihood of each row as a function of its linear predictors, with two derivatives."""

from __future__ import annotations

from itertools import combinations_with_replacement
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.predictions.expected_outcomes import outcome_distribution
from bayeswrap.predictions.linear_predictors import family_parameters

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.regression.regression import Regression

__all__ = [
    "row_log_likelihood",
    "score_and_curvature",
]

# the five-point formulas for the first and second derivative, at -2, -1, 0, 1, 2 steps
_FIRST = np.array([1.0, -8.0, 0.0, 8.0, -1.0]) / 12
_SECOND = np.array([-1.0, 16.0, -30.0, 16.0, -1.0]) / 12
_PLACES = np.arange(-2.0, 3.0)
_STEP = 1e-2  # units in which the log likelihood of a row bends: truncation near 1e-9


def row_log_likelihood(
    regression: Regression, values: Mapping[str, np.ndarray], eta: Mapping[str, np.ndarray]
) -> np.ndarray:
    """Return the log likelihood of the rows of the fit, (n, rows), censored and weighted.

    Parameters
    ----------
    regression : Regression
        With the outcomes.
    values : mapping of str to (n, *shape) array
        Stan's variables.
    eta : mapping of str to (n, rows) array
        Linear predictors.
    """
    response = regression.design.response
    parameters = family_parameters(regression, regression.design, values, eta)
    outcome = outcome_distribution(regression, parameters)
    total = outcome.log_density(response.values)
    if response.censored is not None:
        total = np.where(response.censored == 1, outcome.log_survival(response.values), total)
        total = np.where(response.censored == -1, outcome.log_cdf(response.values), total)
        if response.upper is not None:
            inside = outcome.cdf(response.upper) - outcome.cdf(response.values)
            with np.errstate(divide="ignore", invalid="ignore"):
                between = response.censored == 2  # noqa: PLR2004 - the code of an interval
                total = np.where(between, np.log(inside), total)
    return total if response.weights is None else total * response.weights


def score_and_curvature(
    regression: Regression,
    values: Mapping[str, np.ndarray],
    eta: Mapping[str, np.ndarray],
    parameters: Sequence[str],
) -> tuple[dict[str, np.ndarray], dict[tuple[str, str], np.ndarray]]:
    """Return the derivatives of each row's log likelihood by its linear predictors.

    Parameters
    ----------
    regression, values, eta
        As for `row_log_likelihood`, at one point.
    parameters : sequence of str
        By whose linear predictors.

    Returns
    -------
    score : dict of str to (rows,) array
        First derivatives.
    curvature : dict of pair to (rows,) array
        Second derivatives, both orders of a mixed one.

    References
    ----------
    Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 25.3.6 and 25.3.24.
    """
    steps = {p: _STEP * _unit(regression, values, p) for p in parameters}

    def along(shifts: Mapping[str, np.ndarray]) -> np.ndarray:
        moved = {p: at + shifts[p][:, np.newaxis] if p in shifts else at for p, at in eta.items()}
        return row_log_likelihood(regression, values, moved)

    score, curvature = {}, {}
    for p in parameters:
        lines = along({p: _PLACES * steps[p]})
        score[p] = _FIRST @ lines / steps[p]
        curvature[p, p] = _SECOND @ lines / steps[p] ** 2
    for p, q in combinations_with_replacement(parameters, 2):
        if p != q:
            # f(a + b) - f(a - b) = 4 f_pq in second order
            both = _SECOND @ along({p: _PLACES * steps[p], q: _PLACES * steps[q]})
            apart = _SECOND @ along({p: _PLACES * steps[p], q: -_PLACES * steps[q]})
            curvature[p, q] = curvature[q, p] = (both - apart) / (4 * steps[p] * steps[q])
    return score, curvature


def _unit(regression: Regression, values: Mapping[str, np.ndarray], parameter: str) -> float:
    """Return a length over which the log likelihood of a row bends."""
    is_location = parameter == "mu" and regression.family.link == "identity"
    if not is_location:
        return 1.0
    y = regression.design.response.values
    scale = values.get("sigma")
    return float(np.std(y)) or 1.0 if scale is None else float(np.ravel(scale)[0])
