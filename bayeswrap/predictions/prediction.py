"""`predict`: linear predictors, expected outcomes and outcomes of rows, with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.arguments import check_ci_prob, one_of
from bayeswrap.errors import UsageError
from bayeswrap.formulas.data_tables import as_table
from bayeswrap.predictions.expected_outcomes import expected_outcomes, mean_over_effects
from bayeswrap.predictions.group_treatment import Groups, GroupTreatment, NewGroups
from bayeswrap.predictions.linear_predictors import LinearPredictors, linear_predictors
from bayeswrap.predictions.new_rows import rows_of
from bayeswrap.predictions.parameter_points import Spread
from bayeswrap.predictions.prediction_intervals import (
    drawn_effects,
    outcome_table,
    variance_between_groups,
)
from bayeswrap.predictions.reference_grids import predictors_of
from bayeswrap.predictions.uncertainty_tables import uncertainty_table
from bayeswrap.predictions.value_supports import mean_support

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.formulas.design_matrices import Design
    from bayeswrap.predictions.fitted_regression import FittedRegression

__all__ = [
    "PredictionKind",
    "predict",
    "row_index",
]

PredictionKind: TypeAlias = Literal["mean", "response", "linear"]
_LINE = (-np.inf, np.inf)
_PREDICTION_SEED = 1
_NUMBERS = 4_000_000  # draws times rows that are held at once


def predict(
    fit: FittedRegression,
    newdata: Any = None,  # noqa: ANN401 - any table
    *,
    kind: PredictionKind = "mean",
    groups: Groups = "include",
    new_groups: NewGroups = "marginal",
    ci_prob: float = 0.95,
    seed: int | None = None,
) -> pd.DataFrame:
    """Predict rows.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    newdata : DataFrame, mapping of columns or path, optional
        Rows to predict; those of the fit by default. The outcome need not be there.
    kind : {"mean", "response", "linear"}, optional
        The expected outcome, an outcome, or the linear predictor. Outcomes with trials are
        counts of successes, with one trial where the rows have no number of them.
    groups : {"include", "exclude", "marginal"} or collection of str, optional
        ``"include"`` uses the effects of groups (``re.form=NULL`` in lme4), ``"exclude"`` sets
        them to 0 (``re.form=NA``), ``"marginal"`` integrates them out. A collection names the
        grouping factors whose effects are used; the others are 0.
    new_groups : {"marginal", "sample", "zero", "error"}, optional
        What becomes of levels that the fit has not seen. ``"marginal"`` integrates their effect
        out, so that the expected outcome is that of the population; ``"sample"`` is the
        expected outcome of one new group, whose unknown effect widens the interval.
    ci_prob : float, optional
        Coverage of the interval.
    seed : int, optional
        Of the random outcomes and effects that go with draws.

    Returns
    -------
    pandas.DataFrame
        One row a row of `newdata`, with its labels; with categories one a row and category.
        Columns: ``estimate``, ``se`` (``sd`` of draws and of outcomes), ``ci_lower``, ``ci_upper``
        and ``interval``. For a point estimate they come from the delta method; prediction
        intervals are quantiles of outcomes over the uncertainty of the linear predictor.

    Raises
    ------
    UsageError
        An argument is not one of those above, or outcomes of categories were asked for.
    DataError
        `newdata` lacks a column, or has a level that the formula does not know.
    """
    one_of(kind, ("mean", "response", "linear"), "kind")
    check_ci_prob(ci_prob)
    treatment = GroupTreatment.of(groups, new_groups, fit.regression)
    if newdata is None:
        design, index = fit.regression.design, fit.data.index
    else:
        rows = _with_unused_groups(fit, as_table(newdata)[0], treatment)
        design = fit.design_of(rows)
        index = row_index(rows, design)
    rng = np.random.default_rng(_PREDICTION_SEED if seed is None else seed)
    size = max(1, _NUMBERS // fit.points.scalars.shape[0])
    blocks = [slice(i, i + size) for i in range(0, max(design.rows, 1), size)]
    if len(blocks) == 1:
        return _table(fit, design, treatment, index, kind=kind, ci_prob=ci_prob, rng=rng)
    tables = [
        _table(fit, rows_of(design, b), treatment, index[b], kind=kind, ci_prob=ci_prob, rng=rng)
        for b in blocks
    ]
    return pd.concat(tables)


def _table(
    fit: FittedRegression,
    design: Design,
    treatment: GroupTreatment,
    index: pd.Index[Any],
    *,
    kind: PredictionKind,
    ci_prob: float,
    rng: np.random.Generator,
) -> pd.DataFrame:
    if kind == "response":
        _require_numbers(fit)
        return outcome_table(fit, design, treatment, index, ci_prob=ci_prob, rng=rng)
    spread = _spread(fit, design, treatment, kind, rng)
    support = _mean_support(fit, design) if kind == "mean" else _LINE
    return uncertainty_table(
        spread,
        fit.points,
        _with_categories(fit, index, spread.value.ndim),
        ci_prob=ci_prob,
        support=support,
    )


def _with_unused_groups(
    fit: FittedRegression, newdata: pd.DataFrame, treatment: GroupTreatment
) -> pd.DataFrame:
    """Add columns of grouping factors whose effects are not used, which rows may lack."""
    used = treatment.factors
    if used is None:
        return newdata
    needed = {name for factor in used for name in factor.split(":")}
    known = predictors_of(fit)
    lacking = [c for c in fit.data.columns if c not in newdata and c not in {*known, *needed}]
    return newdata.assign(**{c: fit.data[c].iloc[0] for c in lacking})


def _spread(
    fit: FittedRegression,
    design: Design,
    treatment: GroupTreatment,
    kind: PredictionKind,
    rng: np.random.Generator,
) -> Spread:
    regression = fit.regression
    samples = treatment.new_groups == "sample"
    if kind == "mean" and not samples:
        return fit.points.spread_of(lambda v: expected_outcomes(regression, design, v, treatment))
    if not samples:
        return fit.points.spread_of(
            lambda v: linear_predictors(regression, design, v, treatment).eta["mu"]
        )
    return _of_new_groups(fit, design, treatment, kind, rng)


def _of_new_groups(
    fit: FittedRegression,
    design: Design,
    treatment: GroupTreatment,
    kind: PredictionKind,
    rng: np.random.Generator,
) -> Spread:
    """Return what is expected in one new group, whose effect is unknown."""
    regression, points = fit.regression, fit.points

    def at(eta: LinearPredictors, values: Mapping[str, np.ndarray]) -> np.ndarray:
        return (
            eta.eta["mu"]
            if kind == "linear"
            else mean_over_effects(regression, design, values, eta)
        )

    values = points.variables()
    here = linear_predictors(regression, design, values, treatment)
    if not points.is_point:
        drawn = drawn_effects(here, rng)
        draws = at(drawn, values)
        return Spread(value=draws.mean(axis=0), spread=draws.std(axis=0, ddof=1), draws=draws)
    of_parameters = points.spread_of(
        lambda v: at(linear_predictors(regression, design, v, treatment), v)
    )
    between = np.zeros_like(of_parameters.value)
    if kind == "linear":
        between = between + here.effect_variance.get("mu", np.zeros((1, 1)))[0]
    else:
        between = between + variance_between_groups(fit, design, here)
    return Spread(value=of_parameters.value, spread=np.sqrt(of_parameters.spread**2 + between))


def _mean_support(fit: FittedRegression, design: Design) -> tuple[float, float] | np.ndarray:
    """Return the range of the mean of each row: of trials it ends at their number."""
    if fit.regression.family.outcome != "binomial":
        return mean_support(fit.regression.family)
    trials = design.response.trials
    upper = np.ones(design.rows) if trials is None else trials
    return np.column_stack([np.zeros(design.rows), upper])


def row_index(data: pd.DataFrame, design: Design) -> pd.Index[Any]:
    """Return the labels of the rows of a design."""
    if len(data) == design.rows:
        return data.index
    return pd.RangeIndex(design.rows) if design.kept is None else data.index[design.kept]


def _with_categories(fit: FittedRegression, index: pd.Index[Any], ndim: int) -> pd.Index[Any]:
    if ndim == 1:
        return index
    names: list[Any] = [index.name or "row", "category"]
    levels = list(fit.regression.design.response.levels)
    return pd.MultiIndex.from_product([index, levels], names=names)


def _require_numbers(fit: FittedRegression) -> None:
    if fit.regression.categories:
        raise UsageError(
            "an outcome with categories has no interval",
            where="kind=",
            got="'response'",
            expected="'mean', which has the probability of each category, or 'linear'",
            do="pass one of these",
        )
