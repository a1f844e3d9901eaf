"""Residuals of a regression, and the probability integral transform of left out observations.

References
----------
Dunn and Smyth 1996, doi:10.1080/10618600.1996.10474708 (randomised quantile residuals).
McCullagh and Nelder, Generalized Linear Models, 2nd ed. 1989, section 2.4 (deviance residuals).
Vehtari, Gelman and Gabry 2017, doi:10.1007/s11222-016-9696-4 (leave-one-out weights).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy.special import ndtri, xlogy

from bayeswrap.arguments import one_of
from bayeswrap.errors import UsageError
from bayeswrap.estimates.results.draws_summary import arviz_functions
from bayeswrap.predictions.expected_outcomes import outcome_distribution
from bayeswrap.predictions.group_treatment import Groups, GroupTreatment
from bayeswrap.predictions.linear_predictors import family_parameters, linear_predictors
from bayeswrap.predictions.row_likelihood import row_log_likelihood

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bayeswrap.predictions.family_distributions import OutcomeDistribution
    from bayeswrap.predictions.fitted_regression import FittedRegression

__all__ = [
    "ResidualKind",
    "leave_one_out_pit",
    "residuals",
]

ResidualKind: TypeAlias = Literal["response", "pearson", "deviance", "quantile"]
_KINDS = ("response", "pearson", "deviance", "quantile")
_SEED = 1
_EDGE = 1e-12  # of a probability: a residual is finite


def _gamma(y: np.ndarray, mu: np.ndarray, _: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.asarray(2 * ((y - mu) / mu - np.log(y / mu)))


def _poisson(y: np.ndarray, mu: np.ndarray, _: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.asarray(2 * (xlogy(y, y / mu) - (y - mu)))


def _binomial(y: np.ndarray, mu: np.ndarray, p: Mapping[str, np.ndarray]) -> np.ndarray:
    n = p.get("trials", np.ones(1))
    return np.asarray(2 * (xlogy(y, y / mu) + xlogy(n - y, (n - y) / (n - mu))))


def _negbinomial(y: np.ndarray, mu: np.ndarray, p: Mapping[str, np.ndarray]) -> np.ndarray:
    phi = p["phi"]
    return np.asarray(2 * (xlogy(y, y / mu) - (y + phi) * np.log((y + phi) / (mu + phi))))


def _inverse_gaussian(y: np.ndarray, mu: np.ndarray, _: Mapping[str, np.ndarray]) -> np.ndarray:
    return np.asarray((y - mu) ** 2 / (mu**2 * y))


# twice the log likelihood that is lost against mu = y, in units of the dispersion
_DEVIANCES: Mapping[
    str, Callable[[np.ndarray, np.ndarray, Mapping[str, np.ndarray]], np.ndarray]
] = {
    "gaussian": lambda y, mu, _: (y - mu) ** 2,
    "bernoulli": _binomial,
    "binomial": _binomial,
    "poisson": _poisson,
    "negbinomial": _negbinomial,
    "gamma": _gamma,
    "exponential": _gamma,
    "inverse_gaussian": _inverse_gaussian,
}


def residuals(
    fit: FittedRegression,
    kind: ResidualKind = "response",
    *,
    groups: Groups = "include",
    seed: int | None = None,
) -> pd.Series[float]:
    """Return the residual of each row.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result; of draws the mean over them is taken of the expected outcome,
        of the variance, and of the distribution function.
    kind : {"response", "pearson", "deviance", "quantile"}, optional
        Outcome minus expected outcome; the same in standard deviations; the signed root of the
        deviance; or the normal quantile of the outcome's cdf, which is standard normal under the
        model, drawn at random within the steps of a discrete outcome (Dunn & Smyth 1996).
    groups : {"include", "exclude", "marginal"} or collection of str, optional
        As for `predict`; ``"marginal"`` is taken as ``"exclude"``.
    seed : int, optional
        Of the random quantiles.

    Returns
    -------
    pandas.Series
        With the labels of the rows.

    Raises
    ------
    UsageError
        The family has no such residual.
    """
    one_of(kind, _KINDS, "kind")
    outcome = _outcome(fit, groups)
    y = fit.regression.design.response.values  # noqa: PD011 - an array
    if kind == "quantile":
        _require_cdf(fit)
        u = _uniform(outcome, y, np.random.default_rng(_SEED if seed is None else seed))
        return _series(fit, ndtri(np.clip(u.mean(axis=0), _EDGE, 1 - _EDGE)), kind)
    if fit.regression.categories:
        raise UsageError(
            f"an outcome with categories has no {kind} residual",
            expected="'quantile' where they are ordered",
            do="pass kind='quantile'",
        )
    mean = np.broadcast_to(outcome.mean(), _shape(fit, outcome)).mean(axis=0)
    if kind == "response":
        return _series(fit, y - mean, kind)
    if kind == "pearson":
        variance = np.broadcast_to(outcome.variance(), _shape(fit, outcome)).mean(axis=0)
        return _series(fit, (y - mean) / np.sqrt(variance), kind)
    return _series(fit, _deviance(fit, outcome, y, mean), kind)


def leave_one_out_pit(fit: FittedRegression, *, seed: int | None = None) -> pd.Series[float]:
    """Return the probability integral transform of each outcome, given the other outcomes.

    PIT_i = sum_s w_is F(y_i | theta_s) with the smoothed importance weights w of leaving
    observation i out. Under the model the values are uniform; of a discrete outcome they are drawn
    at random within its steps.

    Parameters
    ----------
    fit : FittedRegression
        A regression with draws of the posterior.
    seed : int, optional
        Of the random values.

    Raises
    ------
    UsageError
        The result is a point estimate, or the outcome has categories without an order.
    """
    if fit.points.is_point:
        raise UsageError(
            "leaving an observation out by weights needs draws",
            got="a point estimate",
            expected="draws of sample()",
            do="use residuals(kind='quantile') for a point estimate",
        )
    _require_cdf(fit)
    regression, values = fit.regression, fit.points.variables()
    eta = linear_predictors(regression, regression.design, values, GroupTreatment()).eta
    log_likelihood = row_log_likelihood(regression, values, eta)
    # psislw takes the log likelihood, not the log ratio: it changes the sign itself
    log_weights, _ = arviz_functions().psislw(log_likelihood.T, axis=-1)
    weights = np.exp(log_weights - log_weights.max(axis=-1, keepdims=True)).T
    outcome = _outcome(fit, "include")
    rng = np.random.default_rng(_SEED if seed is None else seed)
    u = _uniform(outcome, regression.design.response.values, rng)
    return _series(fit, (weights * u).sum(axis=0) / weights.sum(axis=0), "loo_pit")


def _outcome(fit: FittedRegression, groups: Groups) -> OutcomeDistribution:
    regression, values = fit.regression, fit.points.variables()
    treatment = GroupTreatment.of(groups, "zero", regression)
    eta = linear_predictors(regression, regression.design, values, treatment).eta
    return outcome_distribution(
        regression, family_parameters(regression, regression.design, values, eta)
    )


def _shape(fit: FittedRegression, outcome: OutcomeDistribution) -> tuple[int, ...]:
    n = fit.points.scalars.shape[0]
    return np.broadcast_shapes((n, fit.regression.design.rows), outcome.parameters["mu"].shape)


def _series(fit: FittedRegression, values: np.ndarray, name: str) -> pd.Series[float]:
    return pd.Series(values, index=fit.data.index, name=name)


def _uniform(outcome: OutcomeDistribution, y: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Return F(y), or a random number between F(y - 1) and F(y), the same one for all draws."""
    upper = outcome.cdf(y)
    if not outcome.is_discrete:
        return upper
    lower = outcome.cdf(y - 1)
    return np.asarray(lower + rng.random(y.size) * (upper - lower))


def _deviance(
    fit: FittedRegression, outcome: OutcomeDistribution, y: np.ndarray, mean: np.ndarray
) -> np.ndarray:
    name = fit.regression.family.name
    if name not in _DEVIANCES:
        raise UsageError(
            "deviance residuals are those of a generalised linear model",
            got=name,
            expected="one of " + ", ".join(_DEVIANCES),
            do="pass kind='quantile'",
        )
    averages = {k: np.asarray(v).mean(axis=0) for k, v in outcome.parameters.items()}
    with np.errstate(divide="ignore", invalid="ignore"):
        lost = np.maximum(_DEVIANCES[name](y, mean, averages), 0.0)
    return np.asarray(np.sign(y - mean) * np.sqrt(lost))


def _require_cdf(fit: FittedRegression) -> None:
    if fit.regression.family.outcome == "categorical":
        raise UsageError(
            "categories without an order have no distribution function",
            got="categorical",
            do="compare the probabilities that predict() has with the outcomes",
        )
