"""`effects`: the expected outcome as predictors change, the others held or averaged over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.arguments import check_ci_prob, one_of
from bayeswrap.errors import UsageError
from bayeswrap.predictions.effect_table import EffectTable
from bayeswrap.predictions.expected_outcomes import expected_outcomes
from bayeswrap.predictions.group_treatment import GroupTreatment
from bayeswrap.predictions.linear_predictors import linear_predictors
from bayeswrap.predictions.reference_grids import (
    check_predictor,
    grid,
    grid_values,
    is_number,
    predictors_of,
    reference_row,
    rows_with,
)
from bayeswrap.predictions.uncertainty_tables import uncertainty_table
from bayeswrap.predictions.value_supports import mean_support

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bayeswrap.formulas.design_matrices import Design
    from bayeswrap.predictions.fitted_regression import FittedRegression
    from bayeswrap.predictions.group_treatment import Groups

__all__ = [
    "EffectKind",
    "effects",
    "one_trial",
    "quantity_name",
    "row_means",
    "with_categories",
]

EffectKind: TypeAlias = Literal["mean", "linear"]
_COLOURED = 2  # the second variable has colours, the third panels
_MOST = 3
_LINE = (-np.inf, np.inf)


def effects(
    fit: FittedRegression,
    variables: str | Sequence[str],
    *,
    at: Mapping[str, Any] | None = None,
    average: bool = False,
    kind: EffectKind = "mean",
    groups: Groups = "exclude",
    ci_prob: float = 0.95,
) -> EffectTable:
    """Return the expected outcome at values of one to three predictors.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    variables : str or sequence of str
        Predictors; the first over its range or levels, a second and third at their levels, or
        at the mean and one standard deviation to each side.
    at : mapping, optional
        Values of other predictors, or a list of values of those in `variables`.
    average : bool, optional
        False holds the other predictors at `at`, numbers at their mean and all else at its
        most frequent value (conditional effects). True sets `variables` in every row of the data
        and averages the expected outcomes (average effects).
    kind : {"mean", "linear"}, optional
        The expected outcome, or the linear predictor.
    groups : {"include", "exclude", "marginal"} or collection of str, optional
        As for `predict`; by default the effects of groups are 0, those of a typical group.
    ci_prob : float, optional
        Coverage of the intervals.

    Returns
    -------
    EffectTable
        With `to_frame()` and `plot()`; of outcomes with categories one row a category.

    Raises
    ------
    UnknownNameError
        There is no such column.
    DataError
        A factor has no such level.
    UsageError
        There are more than three variables, or another argument is not understood.
    """
    one_of(kind, ("mean", "linear"), "kind")
    check_ci_prob(ci_prob)
    names = _names(fit, variables)
    held = {k: v for k, v in (at or {}).items() if k not in names}
    row = reference_row(fit, held)
    values = {
        name: _chosen(at, name) or grid_values(fit, name, curve=i == 0)
        for i, name in enumerate(names)
    }
    rows = grid(fit, values, row)
    treatment = GroupTreatment.of(groups, "marginal", fit.regression)
    if average:
        function = _averages(fit, rows, names, held, treatment, kind=kind)
    else:
        design = one_trial(fit.design_of(rows))
        function = row_means(fit, design, treatment, kind)
    spread = fit.points.spread_of(function)
    shown = with_categories(fit, rows[names], spread.value)
    support = mean_support(fit.regression.family, one_trial=True) if kind == "mean" else _LINE
    table = uncertainty_table(spread, fit.points, shown.index, ci_prob=ci_prob, support=support)
    has_categories = spread.value.ndim == _COLOURED
    columns = ["category"] if has_categories else []
    further = [*columns, *names[1:]]
    return EffectTable(
        table=pd.concat([shown, table], axis=1),
        x=names[0],
        colour=further[0] if further else None,
        panels=further[1] if len(further) > 1 else None,
        quantity=quantity_name(fit, kind),
        ci_prob=ci_prob,
        notes=_notes(fit, names, row, held, average=average),
    )


def _names(fit: FittedRegression, variables: str | Sequence[str]) -> list[str]:
    names = [variables] if isinstance(variables, str) else list(variables)
    if not 1 <= len(names) <= _MOST or len(set(names)) < len(names):
        raise UsageError(
            "effects are of one to three predictors",
            got=", ".join(map(repr, names)) or "none",
            expected="one to three different columns",
            do="hold the others with at=",
        )
    for name in names:
        check_predictor(fit, name)
    return names


def _chosen(at: Mapping[str, Any] | None, name: str) -> list[Any]:
    value = (at or {}).get(name)
    if value is None:
        return []
    return [value] if np.ndim(value) == 0 else list(value)


def one_trial(design: Design) -> Design:
    """Return a design in which each outcome is of one trial: its mean is a probability."""
    if design.response.trials is None:
        return design
    return replace(design, response=replace(design.response, trials=np.ones(design.rows)))


def row_means(
    fit: FittedRegression, design: Design, treatment: GroupTreatment, kind: EffectKind
) -> Callable[[Mapping[str, np.ndarray]], np.ndarray]:
    """Return the expected outcome of rows as a function of the parameters."""
    if kind == "mean":
        return lambda v: expected_outcomes(fit.regression, design, v, treatment)
    return lambda v: linear_predictors(fit.regression, design, v, treatment).eta["mu"]


def _averages(
    fit: FittedRegression,
    rows: pd.DataFrame,
    names: Sequence[str],
    held: Mapping[str, Any],
    treatment: GroupTreatment,
    *,
    kind: EffectKind,
) -> Callable[[Mapping[str, np.ndarray]], np.ndarray]:
    """Return the average over the data at each row of the grid, as a function."""
    functions = []
    for i in range(len(rows)):
        changes = {**held, **{name: rows[name].iloc[i] for name in names}}
        design = one_trial(fit.design_of(rows_with(fit, fit.data, changes)))
        functions.append(row_means(fit, design, treatment, kind))
    return lambda v: np.stack([f(v).mean(axis=1) for f in functions], axis=1)


def with_categories(fit: FittedRegression, rows: pd.DataFrame, value: np.ndarray) -> pd.DataFrame:
    """Return rows once for each category, where the values have categories."""
    if value.ndim == 1:
        return rows.reset_index(drop=True)
    levels = list(fit.regression.design.response.levels)
    repeated = rows.loc[rows.index.repeat(len(levels))].reset_index(drop=True)
    repeated.insert(len(rows.columns), "category", levels * len(rows))
    return repeated


def quantity_name(fit: FittedRegression, kind: EffectKind) -> str:
    """Return what is estimated, in words."""
    response, family = fit.regression.design.response, fit.regression.family
    if kind == "linear":
        return f"linear predictor of {response.name}"
    if family.outcome in {"ordered", "categorical"}:
        return f"probability of the categories of {response.name}"
    if family.outcome == "binary" and response.levels:
        return f"probability of {response.name} = {response.levels[-1]}"
    if family.outcome in {"binary", "binomial"}:
        return f"probability of {response.name}"
    return f"expected {response.name}"


def _notes(
    fit: FittedRegression,
    names: Sequence[str],
    row: Mapping[str, Any],
    held: Mapping[str, Any],
    *,
    average: bool,
) -> tuple[str, ...]:
    if average:
        fixed = ", ".join(f"{k} = {v}" for k, v in held.items())
        over = f"Averaged over the {len(fit.data)} rows of the data"
        return (f"{over} with {fixed}." if fixed else f"{over}.",)
    used = predictors_of(fit)
    others = {k: v for k, v in row.items() if k not in names and k in used}
    if not others:
        return ()
    words = [f"{k} = {v:.4g}" if is_number(fit, k) else f"{k} = {v}" for k, v in others.items()]
    return (f"Held: {', '.join(words)}.",)
