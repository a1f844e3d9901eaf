"""Outcomes that are to be expected in rows: intervals of predictions.

For a point estimate the linear predictor of a row is normal around its estimate, with the variance
of the estimation and of unknown group effects; the outcome's distribution is integrated over it by
the nodes of Gauss and Hermite, and its quantiles are found by bisection. For a normal outcome with
known scale this is the exact interval. Further parameters are taken as known. For draws there is
one outcome a draw.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.special import ndtri

from bayeswrap.predictions.expected_outcomes import (
    effect_nodes,
    mean_over_effects,
    outcome_distribution,
)
from bayeswrap.predictions.linear_predictors import (
    LinearPredictors,
    family_parameters,
    linear_predictors,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.formulas.design_matrices import Design
    from bayeswrap.predictions.family_distributions import OutcomeDistribution
    from bayeswrap.predictions.fitted_regression import FittedRegression
    from bayeswrap.predictions.group_treatment import GroupTreatment

__all__ = [
    "drawn_effects",
    "outcome_table",
    "variance_between_groups",
]

_NODES_MIN, _NODES_MAX = 32, 200  # of a quadrature by Gauss and Hermite
_RATIO_MAX = 1e3
_BISECTIONS = 200  # at most; the interval between neighbouring numbers is reached before
_DIGITS = 1e-12  # relative


def outcome_table(
    fit: FittedRegression,
    design: Design,
    treatment: GroupTreatment,
    index: pd.Index[Any],
    *,
    ci_prob: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    """Return expected outcome, standard deviation and interval of an outcome of each row.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    design : Design
        The rows.
    treatment : GroupTreatment
        What becomes of group effects.
    index : pandas.Index
        Labels of the rows.
    ci_prob : float
        Coverage.
    rng : numpy.random.Generator
        For draws.
    """
    values = fit.points.variables()
    at = linear_predictors(fit.regression, design, values, treatment)
    tails = ((1 - ci_prob) / 2, (1 + ci_prob) / 2)
    if fit.points.is_point:
        mean, sd, ends = _of_point(fit, design, treatment, at, tails)
        kind = "prediction"
    else:
        known = drawn_effects(at, rng).eta
        y = _distribution(fit, design, values, known).random(rng)
        mean, sd, ends = y.mean(axis=0), y.std(axis=0, ddof=1), np.quantile(y, tails, axis=0)
        kind = "prediction (quantiles)"
    columns = {"estimate": mean, "sd": sd, "ci_lower": ends[0], "ci_upper": ends[1]}
    return pd.DataFrame(columns | {"interval": kind}, index=index)


def _of_point(
    fit: FittedRegression,
    design: Design,
    treatment: GroupTreatment,
    at: LinearPredictors,
    tails: Sequence[float],
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    regression, values = fit.regression, fit.points.variables()
    of_eta = fit.points.spread_of(
        lambda v: linear_predictors(regression, design, v, treatment).eta["mu"]
    )
    of_mean = fit.points.spread_of(
        lambda v: mean_over_effects(
            regression, design, v, linear_predictors(regression, design, v, treatment)
        )
    )
    within = sum(
        weight * _distribution(fit, design, values, eta).variance()
        for weight, eta in effect_nodes(at)
    )
    between = variance_between_groups(fit, design, at)
    sd = np.sqrt(np.broadcast_to(within, at.eta["mu"].shape)[0] + between + of_mean.spread**2)
    variance = {**at.effect_variance}
    variance["mu"] = variance.get("mu", 0.0) + of_eta.spread[np.newaxis] ** 2
    is_normal = regression.family.name == "gaussian" and regression.family.link == "identity"
    if is_normal and set(at.effect_variance) <= {"mu"}:  # a normal around a normal
        return of_mean.value, sd, of_mean.value + ndtri(np.array(tails))[:, np.newaxis] * sd
    wide = LinearPredictors(eta=at.eta, effect_variance=variance)
    count = _node_count(fit, design, at.eta, variance["mu"])
    mixture = [(w, _distribution(fit, design, values, e)) for w, e in effect_nodes(wide, count)]
    shape = at.eta["mu"].shape
    ends = np.stack([_mixture_quantile(mixture, p, shape)[0] for p in tails])
    return of_mean.value, sd, ends


def _node_count(
    fit: FittedRegression,
    design: Design,
    eta: Mapping[str, np.ndarray],
    variance: np.ndarray,
) -> int:
    """Return how many nodes lie closer to each other than the width of the outcome."""
    values = fit.points.variables()
    middle = _distribution(fit, design, values, eta)
    ends = [
        _distribution(fit, design, values, {**eta, "mu": eta["mu"] + side * np.sqrt(variance)})
        for side in (-1, 1)
    ]
    low, high = (end.mean() for end in ends)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.nanmax(np.abs(high - low) / 2 / np.sqrt(middle.variance()), initial=0.0)
    # the nodes of n points are pi / sqrt(2 n) standard deviations apart in the middle
    wanted = (np.pi * min(ratio, _RATIO_MAX)) ** 2 / 2
    return int(np.clip(wanted, _NODES_MIN, _NODES_MAX))


def _distribution(
    fit: FittedRegression,
    design: Design,
    values: Mapping[str, np.ndarray],
    eta: Mapping[str, np.ndarray],
) -> OutcomeDistribution:
    return outcome_distribution(
        fit.regression, family_parameters(fit.regression, design, values, eta)
    )


def variance_between_groups(
    fit: FittedRegression, design: Design, at: LinearPredictors
) -> np.ndarray:
    """Return the variance of the expected outcome over unknown effects, (rows,) at a point."""
    if not at.effect_variance:
        return np.zeros(design.rows)
    values = fit.points.variables()
    first: np.ndarray | float = 0.0
    second: np.ndarray | float = 0.0
    for weight, eta in effect_nodes(at):
        mean = _distribution(fit, design, values, eta).mean()
        first, second = first + weight * mean, second + weight * mean**2
    return np.asarray(np.maximum(np.asarray(second - first**2)[0], 0.0))


def drawn_effects(at: LinearPredictors, rng: np.random.Generator) -> LinearPredictors:
    """Return linear predictors with an effect drawn for each unknown one."""
    eta = dict(at.eta)
    for parameter, variance in at.effect_variance.items():
        shift = np.sqrt(variance) * rng.standard_normal(variance.shape)
        fitted = shift.reshape(*shift.shape, *[1] * (eta[parameter].ndim - shift.ndim))
        eta[parameter] = eta[parameter] + fitted
    return LinearPredictors(eta=eta, effect_variance={})


def _mixture_quantile(
    mixture: Sequence[tuple[float, OutcomeDistribution]], p: float, shape: tuple[int, ...]
) -> np.ndarray:
    """Return the smallest y with a cdf of p of the mixture, by bisection."""
    each = [np.broadcast_to(d.quantile(np.asarray(p)), shape) for _, d in mixture]
    low, high = np.min(each, axis=0), np.max(each, axis=0)
    discrete = mixture[0][1].is_discrete
    if discrete:
        low = low - 1.0  # the cdf is below p there
    for _ in range(_BISECTIONS):
        gap = high - low
        if not (gap > (1.0 if discrete else _DIGITS * np.abs(high) + np.finfo(float).tiny)).any():
            break
        middle = np.floor((low + high) / 2) if discrete else (low + high) / 2
        enough = sum(w * d.cdf(middle) for w, d in mixture) >= p
        open_ = gap > 1.0 if discrete else gap > 0
        high = np.where(open_ & enough, middle, high)
        low = np.where(open_ & ~enough, middle, low)
    return np.asarray(high)
