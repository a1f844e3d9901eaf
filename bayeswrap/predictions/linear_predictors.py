"""Linear predictors of the rows of a design, at one or many points of the parameters.

The effects of a level that is not used enter by their variance z' Sigma z in each row, with z the
row's columns of the group term: on the scale of the link they are normal.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bayeswrap.predictions.group_treatment import effect_covariance
from bayeswrap.predictions.link_functions import inverse_link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.formulas.design_matrices import Design, GroupTerm, Predictor
    from bayeswrap.predictions.group_treatment import GroupTreatment
    from bayeswrap.regression.regression import GroupNames, PredictorNames, Regression

__all__ = [
    "LinearPredictors",
    "family_parameters",
    "linear_predictors",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearPredictors:
    """Linear predictors at n points of the parameters.

    Attributes
    ----------
    eta : mapping of str to (n, rows) array
        By parameter of the family; of a categorical outcome (n, rows, categories).
    effect_variance : mapping of str to (n, rows) array
        Variance of the group effects that are not in `eta`; without an entry where there are none.
    """

    eta: Mapping[str, np.ndarray]
    effect_variance: Mapping[str, np.ndarray]


def linear_predictors(
    regression: Regression,
    design: Design,
    values: Mapping[str, np.ndarray],
    treatment: GroupTreatment,
) -> LinearPredictors:
    """Return the linear predictor of each parameter that has a formula.

    Parameters
    ----------
    regression : Regression
        What the parameters are called.
    design : Design
        The rows, of the fit or of new data.
    values : mapping of str to (n, *shape) array
        Stan's variables.
    treatment : GroupTreatment
        What becomes of group effects.
    """
    eta: dict[str, np.ndarray] = {}
    variance: dict[str, np.ndarray] = {}
    for parameter, predictor in design.predictors.items():
        names = regression.names[parameter]
        total = _population(predictor, names, values, design.rows)
        for term, group in zip(predictor.groups, names.groups, strict=True):
            used, random = treatment.used(term), treatment.random(term)
            if used.any():
                total = total + np.where(used, _effects(term, group, values), 0.0)
            if random.any():
                covariance = effect_covariance(group, values)
                spread = np.einsum("rk,nkl,rl->nr", term.values, covariance, term.values)
                variance[parameter] = variance.get(parameter, 0) + np.where(random, spread, 0.0)
        is_categorical = parameter == "mu" and regression.family.outcome == "categorical"
        eta[parameter] = _with_reference(total) if is_categorical else total
    return LinearPredictors(eta=eta, effect_variance=variance)


def _population(
    predictor: Predictor, names: PredictorNames, values: Mapping[str, np.ndarray], rows: int
) -> np.ndarray:
    n = next(iter(values.values())).shape[0]
    total = np.zeros((n, rows))
    if names.beta:
        # of a categorical outcome there is a column of coefficients for each category but one
        total = np.einsum("rk,nk...->nr...", predictor.population.values, values[names.beta])
    if names.alpha:
        alpha = values[names.alpha]
        total = _lifted(total, alpha.ndim + 1) + alpha[:, np.newaxis]
    if predictor.offset is not None:
        offset = predictor.offset.reshape(1, rows, *[1] * (total.ndim - 2))
        total = total + offset
    return np.asarray(total)


def _lifted(array: np.ndarray, ndim: int) -> np.ndarray:
    return np.asarray(array.reshape(*array.shape, *[1] * (ndim - array.ndim)))


def _with_reference(eta: np.ndarray) -> np.ndarray:
    """Put the first category, whose linear predictor is 0, before the others."""
    return np.concatenate([np.zeros_like(eta[..., :1]), eta], axis=-1)


def _effects(term: GroupTerm, names: GroupNames, values: Mapping[str, np.ndarray]) -> np.ndarray:
    """Return z' r of each row, (n, rows); of rows without a level that of the first level."""
    effects = values[names.effects]
    effects = effects.reshape(effects.shape[0], len(term.levels), -1)
    of_rows = effects[:, np.maximum(term.index, 1) - 1]
    return np.asarray(np.einsum("nrk,rk->nr", of_rows, term.values))


def family_parameters(
    regression: Regression,
    design: Design,
    values: Mapping[str, np.ndarray],
    eta: Mapping[str, np.ndarray],
) -> dict[str, np.ndarray]:
    """Return the parameters of the family in each row, as `OutcomeDistribution` takes them.

    Parameters
    ----------
    regression, design, values
        As for `linear_predictors`.
    eta : mapping of str to array
        Linear predictors.
    """
    family = regression.family
    links = {"mu": family.link, **family.further}
    ordered, categorical = family.outcome == "ordered", family.outcome == "categorical"
    parameters = {
        name: at if name == "mu" and (ordered or categorical) else inverse_link(links[name], at)
        for name, at in eta.items()
    }
    for name in regression.constants:
        parameters[name] = values[name].reshape(-1, 1)
    if ordered:
        parameters["cutpoints"] = values["c"][:, np.newaxis, :]
    if family.outcome == "binomial":
        trials = design.response.trials
        parameters["trials"] = np.ones((1, design.rows)) if trials is None else trials[np.newaxis]
    return parameters
