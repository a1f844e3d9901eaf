"""`comparisons` and `slopes`: how the expected outcome differs between values of a predictor.

A comparison of averages averages the expected outcomes over the data first, and takes the ratio or
the odds ratio of the averages.

References
----------
Arel-Bundock, Greifer and Heiss 2024, doi:10.18637/jss.v111.i09 (the vocabulary).
Hernan and Robins, Causal Inference: What If, 2020, ch. 13 (standardisation).
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from bayeswrap.arguments import check_ci_prob, one_of
from bayeswrap.errors import UsageError
from bayeswrap.predictions.effect_table import EffectTable
from bayeswrap.predictions.effects import one_trial, quantity_name, row_means, with_categories
from bayeswrap.predictions.group_treatment import GroupTreatment
from bayeswrap.predictions.reference_grids import (
    check_predictor,
    grid,
    is_number,
    levels_of,
    predictors_of,
    reference_row,
    rows_with,
)
from bayeswrap.predictions.uncertainty_tables import uncertainty_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bayeswrap.predictions.fitted_regression import FittedRegression
    from bayeswrap.predictions.group_treatment import Groups

__all__ = [
    "Contrast",
    "LevelPairs",
    "comparisons",
    "slopes",
]

Contrast: TypeAlias = Literal["difference", "ratio", "odds_ratio"]
LevelPairs: TypeAlias = Literal["reference", "pairwise", "sequential"]
_LINE, _POSITIVE = (-np.inf, np.inf), (0.0, np.inf)
_STEP = 1e-4  # standard deviations of the predictor
# the five-point formula for a derivative (Abramowitz & Stegun 1964, 25.3.6)
_PLACES, _WEIGHTS = (-2.0, -1.0, 1.0, 2.0), (1 / 12, -8 / 12, 8 / 12, -1 / 12)
_Values: TypeAlias = "Mapping[str, np.ndarray]"
_WORDS = {"difference": "difference in", "ratio": "ratio of", "odds_ratio": "odds ratio of"}


def comparisons(
    fit: FittedRegression,
    variables: str | Sequence[str] | None = None,
    *,
    contrast: Contrast = "difference",
    levels: LevelPairs = "reference",
    step: float | tuple[float, float] = 1.0,
    at: Mapping[str, Any] | None = None,
    average: bool = True,
    by: str | None = None,
    groups: Groups = "exclude",
    ci_prob: float = 0.95,
) -> EffectTable:
    """Compare the expected outcome at two values of a predictor.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    variables : str or sequence of str, optional
        Predictors, one after the other; all by default.
    contrast : {"difference", "ratio", "odds_ratio"}, optional
        What is made of the two expected outcomes.
    levels : {"reference", "pairwise", "sequential"}, optional
        Which levels of a factor are compared: each with the first, each pair, or neighbours.
    step : float or pair, optional
        Of a number: how much is added to it, or the two values that it takes.
    at : mapping, optional
        Values of other predictors.
    average : bool, optional
        True averages over the rows of the data; False compares at the reference row, numbers at
        their mean and all else at its most frequent value.
    by : str, optional
        A column: averages within each of its values.
    groups, ci_prob
        As for `effects`.

    Returns
    -------
    EffectTable
        ``term``, ``contrast``, and the columns of an estimate; ratios have intervals formed on
        the log scale.

    Raises
    ------
    UnknownNameError
        There is no such column.
    UsageError
        Odds of an outcome that is no probability, or an argument that is not understood.
    """
    one_of(contrast, tuple(_WORDS), "contrast")
    one_of(levels, ("reference", "pairwise", "sequential"), "levels")
    check_ci_prob(ci_prob)
    if contrast == "odds_ratio":
        _require_probability(fit)
    support = _LINE if contrast == "difference" else _POSITIVE
    rows, parts = _rows(fit, at, average=average, by=by)
    table = []
    for term in _terms(fit, variables):
        for name, low, high in _pairs(fit, term, rows, levels, step):
            functions = [_averages(fit, frame, groups, parts) for frame in (low, high)]
            joined = _joined(functions, contrast)
            words = {"term": term, "contrast": _contrast_name(name, contrast)}
            table.append(_table(fit, joined, words, parts, support=support, ci_prob=ci_prob))
    return EffectTable(
        table=pd.concat(table, ignore_index=True),
        x="contrast",
        panels="term",
        colour=by or ("category" if fit.regression.categories else None),
        level=0.0 if contrast == "difference" else 1.0,
        quantity=f"{_WORDS[contrast]} {quantity_name(fit, 'mean')}",
        ci_prob=ci_prob,
        notes=_notes(fit, at, average=average),
    )


def slopes(
    fit: FittedRegression,
    variables: str | Sequence[str] | None = None,
    *,
    at: Mapping[str, Any] | None = None,
    average: bool = True,
    by: str | None = None,
    groups: Groups = "exclude",
    ci_prob: float = 0.95,
) -> EffectTable:
    """Return the derivative of the expected outcome by a number.

    Parameters
    ----------
    fit : FittedRegression
        A regression with a result.
    variables : str or sequence of str, optional
        Predictors that are numbers; all of them by default.
    at, average, by, groups, ci_prob
        As for `comparisons`.

    Returns
    -------
    EffectTable
        ``term``, and the columns of an estimate.

    Raises
    ------
    UnknownNameError
        There is no such column.
    UsageError
        A predictor is no number.
    """
    check_ci_prob(ci_prob)
    rows, parts = _rows(fit, at, average=average, by=by)
    terms = _terms(fit, variables)
    if variables is None:
        terms = [t for t in terms if is_number(fit, t)]
    table = []
    for term in terms:
        _require_number(fit, term)
        x = rows[term].to_numpy(dtype=float)
        h = _STEP * (float(np.std(fit.data[term].to_numpy(dtype=float))) or 1.0)
        functions = [
            _averages(fit, rows_with(fit, rows, {term: x + k * h}), groups, parts) for k in _PLACES
        ]
        slope = _weighted_sum(functions, np.array(_WEIGHTS) / h)
        table.append(_table(fit, slope, {"term": term}, parts, support=_LINE, ci_prob=ci_prob))
    return EffectTable(
        table=pd.concat(table, ignore_index=True),
        x="term",
        colour=by or ("category" if fit.regression.categories else None),
        level=0.0,
        quantity=f"slope of {quantity_name(fit, 'mean')}",
        ci_prob=ci_prob,
        notes=_notes(fit, at, average=average),
    )


def _terms(fit: FittedRegression, variables: str | Sequence[str] | None) -> list[str]:
    terms = [variables] if isinstance(variables, str) else list(variables or predictors_of(fit))
    for term in terms:
        check_predictor(fit, term)
    if not terms:
        raise UsageError(
            "this regression has no predictors to compare",
            got="an intercept alone",
            do="use predict()",
        )
    return terms


def _rows(
    fit: FittedRegression, at: Mapping[str, Any] | None, *, average: bool, by: str | None
) -> tuple[pd.DataFrame, list[tuple[dict[str, Any], np.ndarray]]]:
    """Return the rows, and which of them are averaged under which name."""
    row = reference_row(fit, at)  # checks `at`
    if by is not None:
        check_predictor(fit, by)
    rows = rows_with(fit, fit.data.reset_index(drop=True), dict(at or {}))
    if not average:
        values = {by: levels_of(fit, by)} if by else {}
        rows = grid(fit, values, row)
    if by is None:
        return rows, [({}, np.arange(len(rows)))]
    places = rows.groupby(by, sort=True, observed=True).indices
    return rows, [({by: name}, np.asarray(where)) for name, where in places.items()]


def _pairs(
    fit: FittedRegression,
    term: str,
    rows: pd.DataFrame,
    pairs: LevelPairs,
    step: float | tuple[float, float],
) -> list[tuple[tuple[str, str], pd.DataFrame, pd.DataFrame]]:
    if is_number(fit, term):
        x = rows[term].to_numpy(dtype=float)
        if isinstance(step, tuple):
            ends, names = step, (f"{step[0]:g}", f"{step[1]:g}")
            low, high = (np.full(x.size, float(end)) for end in ends)
        else:
            names, low, high = ("", f"{step:+g}"), x, x + step
        return [(names, rows_with(fit, rows, {term: low}), rows_with(fit, rows, {term: high}))]
    known = levels_of(fit, term)
    chosen = {
        "reference": [(known[0], level) for level in known[1:]],
        "sequential": list(pairwise(known)),
        "pairwise": list(combinations(known, 2)),
    }[pairs]
    return [
        ((str(a), str(b)), rows_with(fit, rows, {term: a}), rows_with(fit, rows, {term: b}))
        for a, b in chosen
    ]


def _contrast_name(pair: tuple[str, str], contrast: Contrast) -> str:
    low, high = pair
    if not low:
        return high
    return f"{high} - {low}" if contrast == "difference" else f"{high} / {low}"


def _averages(
    fit: FittedRegression,
    frame: pd.DataFrame,
    groups: Groups,
    parts: Sequence[tuple[dict[str, Any], np.ndarray]],
) -> Callable[[_Values], np.ndarray]:
    treatment = GroupTreatment.of(groups, "marginal", fit.regression)
    means = row_means(fit, one_trial(fit.design_of(frame)), treatment, "mean")

    def averages(values: _Values) -> np.ndarray:
        of_rows = means(values)
        return np.stack([of_rows[:, where].mean(axis=1) for _, where in parts], axis=1)

    return averages


def _joined(
    functions: Sequence[Callable[[_Values], np.ndarray]], contrast: Contrast
) -> Callable[[_Values], np.ndarray]:
    low, high = functions
    if contrast == "difference":
        return lambda v: high(v) - low(v)
    if contrast == "ratio":
        return lambda v: high(v) / low(v)

    def odds(p: np.ndarray) -> np.ndarray:
        return np.asarray(p / (1 - p))

    return lambda v: odds(high(v)) / odds(low(v))


def _weighted_sum(
    functions: Sequence[Callable[[_Values], np.ndarray]], weights: np.ndarray
) -> Callable[[_Values], np.ndarray]:
    def total(values: _Values) -> np.ndarray:
        return np.asarray(sum(w * f(values) for w, f in zip(weights, functions, strict=True)))

    return total


def _table(
    fit: FittedRegression,
    function: Callable[[_Values], np.ndarray],
    words: Mapping[str, str],
    parts: Sequence[tuple[dict[str, Any], np.ndarray]],
    *,
    support: tuple[float, float],
    ci_prob: float,
) -> pd.DataFrame:
    spread = fit.points.spread_of(function)
    named = with_categories(
        fit, pd.DataFrame([{**words, **name} for name, _ in parts]), spread.value
    )
    table = uncertainty_table(spread, fit.points, named.index, ci_prob=ci_prob, support=support)
    return pd.concat([named, table], axis=1)


def _notes(
    fit: FittedRegression, at: Mapping[str, Any] | None, *, average: bool
) -> tuple[str, ...]:
    held = ", ".join(f"{k} = {v}" for k, v in (at or {}).items())
    where = f"with {held}" if held else ""
    if average:
        return (" ".join(filter(None, [f"Averaged over {len(fit.data)} rows", where])) + ".",)
    return (" ".join(filter(None, ["At the mean or the most frequent value", where])) + ".",)


def _require_probability(fit: FittedRegression) -> None:
    if fit.regression.family.outcome not in {"binary", "binomial", "ordered", "categorical"}:
        raise UsageError(
            "odds are those of a probability",
            where="contrast=",
            got=f"'odds_ratio' of a {fit.regression.family.name} regression",
            expected="'difference' or 'ratio'",
            do="pass one of these",
        )


def _require_number(fit: FittedRegression, term: str) -> None:
    if not is_number(fit, term):
        raise UsageError(
            f"{term!r} is a factor, which has no slope",
            where="variables=",
            do="compare its levels with comparisons()",
        )
