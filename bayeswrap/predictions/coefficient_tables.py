"""Tables of coefficients: odds and rate ratios, standardised coefficients."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.arguments import check_ci_prob
from bayeswrap.errors import UsageError
from bayeswrap.predictions.parameter_points import Spread
from bayeswrap.predictions.uncertainty_tables import uncertainty_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.predictions.fitted_regression import FittedRegression

__all__ = [
    "ratios",
    "standardized_coefficients",
]

_POSITIVE = (0.0, np.inf)
_RATIOS = {
    ("binary", "logit"): "odds ratio",
    ("binomial", "logit"): "odds ratio",
    ("ordered", "logit"): "odds ratio (of a higher category)",
    ("categorical", "logit"): "odds ratio (against the first category)",
    ("proportion", "logit"): "odds ratio (of the mean)",
    ("count", "log"): "rate ratio",
    ("binary", "log"): "risk ratio",
    ("binomial", "log"): "risk ratio",
    ("positive", "log"): "ratio of means",
    ("real", "log"): "ratio of means",
}
_OF_SCALES = {
    "weibull": "ratio of scales",
    "loglogistic": "ratio of medians",
    "zero_inflated_poisson": "rate ratio (where not a further zero)",
    "zero_inflated_negbinomial": "rate ratio (where not a further zero)",
    "hurdle_poisson": "rate ratio (of the Poisson part)",
}


def ratios(fit: FittedRegression, *, ci_prob: float = 0.95) -> pd.DataFrame:
    """Return exp(beta): odds ratios of a logit link, rate ratios or ratios of means of a log link.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    ci_prob : float, optional
        Coverage; the interval of a point estimate is formed on the log scale.

    Returns
    -------
    pandas.DataFrame
        One row a coefficient, with ``ratio``: what kind of ratio it is.

    Raises
    ------
    UsageError
        The link is neither logit nor log, or there are no coefficients.
    """
    check_ci_prob(ci_prob)
    family = fit.regression.family
    kind = _RATIOS.get((family.outcome, family.link))
    if family.name in _OF_SCALES and kind is not None:
        kind = _OF_SCALES[family.name]
    if family.name == "lognormal":
        kind = "ratio of medians"
    if kind is None:
        raise UsageError(
            "the exponential of a coefficient is no ratio of this family and link",
            got=f"{family.name} with link {family.link}",
            expected="a logit or log link",
            do="compare expected outcomes: comparisons(contrast='ratio')",
        )
    spread = fit.points.spread_of(lambda v: np.exp(_coefficients(fit, v)))
    table = uncertainty_table(spread, fit.points, _index(fit), ci_prob=ci_prob, support=_POSITIVE)
    table.insert(0, "ratio", kind)
    return table


def standardized_coefficients(fit: FittedRegression, *, ci_prob: float = 0.95) -> pd.DataFrame:
    """Return coefficients in standard deviations of their columns.

    Of a normal or Student outcome with identity link the outcome is measured in its standard
    deviations as well: beta sd(x) / sd(y). Elsewhere it is beta sd(x), on the scale of the link.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    ci_prob : float, optional
        Coverage.

    Returns
    -------
    pandas.DataFrame
        One row a coefficient. Standard deviations are those of the data, taken as known.

    Raises
    ------
    UsageError
        There are no coefficients.
    """
    check_ci_prob(ci_prob)
    family, design = fit.regression.family, fit.regression.design
    scale = np.std(design.predictors["mu"].population.values, axis=0, ddof=1)
    if family.outcome == "real" and family.link == "identity":
        scale = scale / np.std(design.response.values, ddof=1)
    columns = np.repeat(scale, _index(fit).size // max(scale.size, 1))
    raw = fit.points.spread_of(lambda v: _coefficients(fit, v))
    draws = None if raw.draws is None else raw.draws * columns
    spread = Spread(value=raw.value * columns, spread=raw.spread * columns, draws=draws)
    return uncertainty_table(spread, fit.points, _index(fit), ci_prob=ci_prob)


def _coefficients(fit: FittedRegression, values: Mapping[str, np.ndarray]) -> np.ndarray:
    beta = values[_beta(fit)]
    return beta.reshape(beta.shape[0], -1)


def _beta(fit: FittedRegression) -> str:
    name = fit.regression.names["mu"].beta
    if not name:
        raise UsageError(
            "this regression has no coefficients",
            got="an intercept alone",
            do="add a predictor to the formula",
        )
    return name


def _index(fit: FittedRegression) -> pd.Index[str]:
    _beta(fit)
    columns = fit.regression.design.predictors["mu"].population.names
    if fit.regression.family.outcome != "categorical":
        return pd.Index(columns, name="term")
    levels = fit.regression.design.response.levels[1:]
    return pd.Index([f"{column} ({level})" for column in columns for level in levels], name="term")
