"""The data of a regression's program, and the names along its parameters."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from bayeswrap.regression.prior_section import prior_section

if TYPE_CHECKING:
    from bayeswrap.formulas.design_matrices import GroupTerm, Predictor
    from bayeswrap.regression.prior_section import PriorSection
    from bayeswrap.regression.regression import GroupNames, PredictorNames, Regression

__all__ = [
    "element_axes",
    "program_data",
]

Axes: TypeAlias = "dict[str, tuple[tuple[str, ...], ...]]"

_WHOLE_NUMBERS = frozenset({"binary", "count", "binomial", "ordered", "categorical"})


def program_data(
    regression: Regression, priors: PriorSection | None = None
) -> dict[str, np.ndarray]:
    """Return the values of the data block of a regression's program.

    Parameters
    ----------
    regression : Regression
        Design, family and priors.
    priors : PriorSection, optional
        Of the regression, where they are at hand.
    """
    priors = prior_section(regression) if priors is None else priors
    design, response = regression.design, regression.design.response
    whole = regression.family.outcome in _WHOLE_NUMBERS
    y = np.asarray(response.values)
    data: dict[str, np.ndarray] = {"N": np.array(design.rows)}
    if regression.categories:
        data["C"] = np.array(regression.categories)
    data["y"] = y.astype(np.int64) if whole else y.astype(np.float64)
    if regression.family.outcome == "binomial":
        trials = np.ones(design.rows) if response.trials is None else response.trials
        data["trials"] = np.asarray(trials).astype(np.int64)
    if response.weights is not None:
        data["weights"] = np.asarray(response.weights, dtype=np.float64)
    if response.censored is not None:
        data["censored"] = np.asarray(response.censored).astype(np.int64)
    if response.upper is not None:
        data["y_upper"] = np.asarray(response.upper, dtype=np.float64)
    for parameter, names in regression.names.items():
        data |= _of_predictor(names, design.predictors[parameter])
    return data | priors.data


def _of_predictor(names: PredictorNames, predictor: Predictor) -> dict[str, np.ndarray]:
    data: dict[str, np.ndarray] = {}
    if names.beta:
        values = np.asarray(predictor.population.values, dtype=np.float64)
        data |= {names.columns: np.array(values.shape[1]), names.matrix: values}
    if names.offset:
        data[names.offset] = np.asarray(predictor.offset, dtype=np.float64)
    for group, term in zip(names.groups, predictor.groups, strict=True):
        data |= {
            group.levels: np.array(len(term.levels)),
            group.index: np.asarray(term.index).astype(np.int64),
        }
        if group.columns:
            data[group.coefficients] = np.array(len(term.names))
            data[group.columns] = np.asarray(term.values, dtype=np.float64)
    return data


def element_axes(regression: Regression) -> Axes:
    """Return the names along each dimension of a program's variables.

    They are columns of the formula, levels of factors and categories of the outcome.
    """
    axes: Axes = {}
    levels = regression.design.response.levels
    for parameter, names in regression.names.items():
        predictor = regression.design.predictors[parameter]
        columns = _apart(predictor.population.names, "column")
        others: tuple[tuple[str, ...], ...] = ()
        if regression.family.outcome == "categorical" and parameter == "mu":
            others = (_apart(levels[1:], regression.design.response.name),)
            axes |= {names.alpha: others} if names.alpha else {}
        axes |= {names.beta: (columns, *others)} if names.beta else {}
        for group, term in zip(names.groups, predictor.groups, strict=True):
            axes |= _group_axes(group, term)
    if regression.family.outcome == "ordered":
        cuts = tuple(f"{a}|{b}" for a, b in itertools.pairwise(levels))
        axes["c"] = (cuts,)
    return axes


def _group_axes(names: GroupNames, term: GroupTerm) -> Axes:
    levels = _apart(term.levels, term.factor)
    axes: Axes = {names.sd: (term.names,)}
    if names.is_intercept:
        return axes | {names.effects: (levels,), names.standard: (levels,)}
    axes |= {names.effects: (levels, term.names), names.standard: (term.names, levels)}
    if names.correlation:
        axes |= dict.fromkeys((names.correlation, names.cholesky), (term.names, term.names))
    return axes


def _apart(names: tuple[str, ...], source: str) -> tuple[str, ...]:
    """Return names that no number of Stan's can be taken for: level 0 is not element 0."""
    numbers = [str(i) for i in range(1, len(names) + 1)]
    taken = set(numbers)
    moved = any(n in taken and n != at for n, at in zip(names, numbers, strict=True))
    return tuple(f"{source}={n}" for n in names) if moved else tuple(names)
