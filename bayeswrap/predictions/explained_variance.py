"""R2 and the intraclass correlation: shares of the variance of an outcome.

References
----------
Gelman, Goodrich, Gabry and Vehtari 2019, doi:10.1080/00031305.2018.1549100 (Bayesian R2).
Nakagawa, Johnson and Schielzeth 2017, doi:10.1098/rsif.2017.0213 (mixed models, other families).
Johnson 2014, doi:10.1111/2041-210X.12225 (random slopes).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from bayeswrap.arguments import check_ci_prob
from bayeswrap.errors import UsageError
from bayeswrap.predictions.expected_outcomes import outcome_distribution
from bayeswrap.predictions.group_treatment import GroupTreatment, effect_covariance
from bayeswrap.predictions.linear_predictors import family_parameters, linear_predictors
from bayeswrap.predictions.uncertainty_tables import uncertainty_table

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.predictions.fitted_regression import FittedRegression

__all__ = [
    "intraclass_correlation",
    "r_squared",
]

_SHARE = (0.0, 1.0)
# variances of the standard logistic, normal and extreme value distributions
_OF_LINK = {"logit": np.pi**2 / 3, "probit": 1.0, "cloglog": np.pi**2 / 6}
_OF_BINARY = frozenset({"bernoulli", "binomial", "cumulative"})
_EXCLUDED = GroupTreatment(factors=frozenset())
_INCLUDED = GroupTreatment()


def r_squared(fit: FittedRegression, *, ci_prob: float = 0.95) -> pd.DataFrame:
    """Return the share of the variance of the outcome that the predictors explain.

    Without group terms: the variance of the expected outcomes over the rows, divided by its sum
    with the mean variance of an outcome (Gelman et al. 2019). At the maximum likelihood estimate of
    a normal outcome this is the usual R2. With group terms, of a point estimate: Nakagawa's
    ``marginal`` R2 of the population coefficients and ``conditional`` R2 with the groups, on the
    scale of the link. Draws with group terms have all three.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    ci_prob : float, optional
        Coverage; Wald intervals are formed on the logit scale.

    Returns
    -------
    pandas.DataFrame
        One row a kind of R2.

    Raises
    ------
    UsageError
        The outcome has categories or an infinite variance.
    """
    check_ci_prob(ci_prob)
    tables = []
    if not (fit.points.is_point and _has_groups(fit)):
        _require_variance(fit)
        tables.append(_table(fit, lambda v: _explained(fit, v), ("R2",), ci_prob))
    if _has_groups(fit) and _level_variance(fit, fit.points.variables()) is not None:

        def shares(values: Mapping[str, np.ndarray]) -> np.ndarray:
            fixed, random, residual = _components(fit, values)
            total = fixed + random + residual
            return np.stack([fixed / total, (fixed + random) / total], axis=1)

        tables.append(_table(fit, shares, ("marginal R2", "conditional R2"), ci_prob))
    if not tables:
        raise _no_level_variance(fit)
    return pd.concat(tables)


def intraclass_correlation(fit: FittedRegression, *, ci_prob: float = 0.95) -> pd.DataFrame:
    """Return the share of the variance that lies between groups.

    ``adjusted`` is what the groups have of the variance that the predictors leave, ``unadjusted``
    what they have of the whole (Nakagawa, Johnson & Schielzeth 2017). With random slopes the
    variance between groups is the mean over the rows (Johnson 2014). On the scale of the link the
    variance of a binary outcome is that of the latent distribution; that of a count is
    log(1 + Var / mean^2) at the mean of the population.

    Parameters
    ----------
    fit, ci_prob
        As for `r_squared`.

    Returns
    -------
    pandas.DataFrame
        ``adjusted``, ``unadjusted``, and with several grouping factors the share of each.

    Raises
    ------
    UsageError
        There are no groups, or the family has no such variance.
    """
    check_ci_prob(ci_prob)
    if not _has_groups(fit):
        raise UsageError(
            "an intraclass correlation is one of groups",
            got="a formula without group terms",
            expected="a term such as (1 | g)",
            do="add the groups to the formula",
        )
    if _level_variance(fit, fit.points.variables()) is None:
        raise _no_level_variance(fit)
    factors = [t.factor for t in fit.regression.design.predictors["mu"].groups]
    several = factors if len(factors) > 1 else []

    def shares(values: Mapping[str, np.ndarray]) -> np.ndarray:
        fixed, random, residual = _components(fit, values)
        left = random + residual
        of_each = _group_variances(fit, values) if several else []
        parts = [random / left, random / (left + fixed), *(v / left for v in of_each)]
        return np.stack(parts, axis=1)

    names = ("adjusted", "unadjusted", *(f"adjusted, {f}" for f in several))
    return _table(fit, shares, names, ci_prob)


def _table(
    fit: FittedRegression,
    function: object,
    names: tuple[str, ...],
    ci_prob: float,
) -> pd.DataFrame:
    spread = fit.points.spread_of(function)  # type: ignore[arg-type]  # one of the functions above
    index = pd.Index(names, name="share")
    return uncertainty_table(spread, fit.points, index, ci_prob=ci_prob, support=_SHARE)


def _has_groups(fit: FittedRegression) -> bool:
    return bool(fit.regression.design.predictors["mu"].groups)


def _explained(fit: FittedRegression, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return var(mean) / (var(mean) + mean(variance)) over the rows, (n, 1)."""
    regression, design = fit.regression, fit.regression.design
    eta = linear_predictors(regression, design, values, _INCLUDED).eta
    outcome = outcome_distribution(regression, family_parameters(regression, design, values, eta))
    mean = np.broadcast_to(outcome.mean(), eta["mu"].shape)
    variance = np.broadcast_to(outcome.variance(), eta["mu"].shape).mean(axis=1)
    # of a point estimate the divisor is the number of rows, so that it is the usual R2
    fitted = mean.var(axis=1, ddof=0 if fit.points.is_point else 1)
    return np.asarray((fitted / (fitted + variance))[:, np.newaxis])


def _components(
    fit: FittedRegression, values: Mapping[str, np.ndarray]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the variance of the predictors, of the groups, and of an outcome, (n,) each."""
    design = fit.regression.design
    eta = linear_predictors(fit.regression, design, values, _EXCLUDED).eta["mu"]
    random = np.sum(_group_variances(fit, values), axis=0)
    residual = _level_variance(fit, values)
    assert residual is not None  # noqa: S101 - callers have asked
    return eta.var(axis=1, ddof=1), random, residual


def _group_variances(fit: FittedRegression, values: Mapping[str, np.ndarray]) -> list[np.ndarray]:
    """Return the mean of z' Sigma z over the rows, by group term."""
    groups = fit.regression.names["mu"].groups
    terms = fit.regression.design.predictors["mu"].groups
    return [
        np.einsum("rk,nkl,rl->n", t.values, effect_covariance(g, values), t.values) / len(t.values)
        for t, g in zip(terms, groups, strict=True)
    ]


def _level_variance(fit: FittedRegression, values: Mapping[str, np.ndarray]) -> np.ndarray | None:
    """Return the variance of one outcome on the scale of the link, (n,); None without formula."""
    family, design = fit.regression.family, fit.regression.design
    n = next(iter(values.values())).shape[0]
    if family.name in _OF_BINARY and family.link in _OF_LINK:
        return np.full(n, _OF_LINK[family.link])
    if family.link not in {"identity", "log"} or family.outcome in {"ordered", "categorical"}:
        return None
    at = linear_predictors(fit.regression, design, values, _EXCLUDED)
    eta = dict(at.eta)
    if family.link == "log":
        # the mean of the population: that of exp(eta + effect), over the rows
        between = np.sum(_group_variances(fit, values), axis=0)
        eta["mu"] = np.log(np.exp(eta["mu"]).mean(axis=1, keepdims=True)) + between[:, None] / 2
    parameters = family_parameters(fit.regression, design, values, eta)
    outcome = outcome_distribution(fit.regression, parameters)
    mean, variance = outcome.mean(), outcome.variance()
    level = np.log1p(variance / mean**2) if family.link == "log" else variance
    return np.asarray(np.broadcast_to(level, (n, level.shape[-1])).mean(axis=1))


def _require_variance(fit: FittedRegression) -> None:
    if fit.regression.categories:
        raise UsageError(
            "categories have no variance to explain",
            got=fit.regression.family.name,
            do="compare models by LOO: compare_models()",
        )


def _no_level_variance(fit: FittedRegression) -> UsageError:
    family = fit.regression.family
    return UsageError(
        "no formula for the variance of an outcome on the scale of the link",
        got=f"{family.name} with link {family.link}",
        expected="identity or log link, or a binary outcome with logit, probit or cloglog",
        do="use draws: their R2 is on the scale of the outcome",
    )
