"""Default priors: weakly informative, on the scales of outcome and predictors."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from bayeswrap.regression.outcome_scale import outcome_scale, spread_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bayeswrap.formulas.design_matrices import GroupTerm, Predictor
    from bayeswrap.regression.outcome_scale import OutcomeScale
    from bayeswrap.regression.regression import GroupNames, PredictorNames, Regression

__all__ = [
    "PriorSlot",
    "Support",
    "centre_of",
    "prior_slots",
]

Support: TypeAlias = Literal["real", "positive", "unit", "cholesky"]

_WIDTH = 2.5  # standard deviations of the linear predictor, as in rstanarm
_LKJ = "lkj_corr_cholesky(2)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorSlot:
    """A parameter that takes a prior, with its default.

    Attributes
    ----------
    variable : str
        In Stan: ``beta``.
    labels : tuple of str
        Its elements as users read them, ``beta[x]``; empty where it has no elements.
    support : str
        Where its values lie.
    density : str
        The default in the program: ``normal(0, prior_scale_beta)``.
    shown : tuple of str
        The same with numbers, one for each element, or one alone.
    how : str
        How it was chosen.
    data : mapping of str to array
        Data variables that the default reads.
    centred : str
        What the default is a prior for, where that is not the variable itself.
    whole : str
        How all elements together stand in a statement; the variable if empty.
    """

    variable: str
    labels: tuple[str, ...] = ()
    support: Support = "real"
    density: str
    shown: tuple[str, ...]
    how: str
    data: Mapping[str, np.ndarray] = field(default_factory=dict)
    centred: str = ""
    whole: str = ""


def prior_slots(regression: Regression) -> tuple[PriorSlot, ...]:
    """Return every parameter of a regression that takes a prior, in the order of declaration."""
    scale = outcome_scale(regression.family, regression.design.response)
    slots: list[PriorSlot] = []
    for parameter, names in regression.names.items():
        predictor = regression.design.predictors[parameter]
        slots += _predictor_slots(regression, names, predictor, _own_scale(parameter, scale))
    slots += [_constant(regression, name, scale) for name in regression.constants]
    return tuple(slots)


def _own_scale(parameter: str, scale: OutcomeScale) -> OutcomeScale:
    """Return the scale of a predictor: those of further parameters have links without a unit."""
    if parameter == "mu":
        return scale
    location = float(np.log(scale.outcome_spread)) if parameter == "sigma" else 0.0
    return replace(scale, location=location, spread=1.0)


def _predictor_slots(
    regression: Regression, names: PredictorNames, predictor: Predictor, scale: OutcomeScale
) -> Iterator[PriorSlot]:
    is_mu, population = names.parameter == "mu", predictor.population
    is_matrix = is_mu and regression.family.outcome == "categorical"
    if names.beta:
        yield _coefficients(names, population.names, population.values, scale, matrix=is_matrix)
    if names.alpha:
        yield _intercept(names, scale, matrix=is_matrix)
    if is_mu and regression.family.outcome == "ordered":
        yield _cutpoints(names)
    for group, term in zip(names.groups, predictor.groups, strict=True):
        yield _deviations(group, term, scale)
        if group.cholesky:
            yield PriorSlot(
                variable=group.cholesky,
                support="cholesky",
                density=_LKJ,
                shown=(_LKJ,),
                how="correlations away from -1 and 1",
            )


def _coefficients(
    names: PredictorNames,
    columns: tuple[str, ...],
    values: np.ndarray,
    scale: OutcomeScale,
    *,
    matrix: bool,
) -> PriorSlot:
    widths = _WIDTH * scale.spread / np.array([spread_of(x) for x in np.asarray(values).T])
    data = f"prior_scale_{names.beta}"
    width = f"to_vector(rep_matrix({data}, C - 1))" if matrix else data
    unit = " sd(y)" if scale.spread != 1.0 else ""
    return PriorSlot(
        variable=names.beta,
        labels=tuple(f"{names.beta}[{c}]" for c in columns),
        density=f"normal(0, {width})",
        shown=tuple(f"normal(0, {w:.4g})" for w in widths),
        how=f"{_WIDTH}{unit} / sd(x)",
        data={data: widths},
        whole=f"to_vector({names.beta})" if matrix else "",
    )


def _intercept(names: PredictorNames, scale: OutcomeScale, *, matrix: bool) -> PriorSlot:
    location, width = f"prior_location_{names.alpha}", f"prior_scale_{names.alpha}"
    shift = centre_of(names, matrix=matrix)
    return PriorSlot(
        variable=names.alpha,
        density=f"normal({location}, {width})",
        shown=(f"normal({scale.location:.4g}, {_WIDTH * scale.spread:.4g})",),
        how="of the predictor where all columns are at their means" if shift else "of the outcome",
        data={location: np.array(scale.location), width: np.array(_WIDTH * scale.spread)},
        centred=f"{names.alpha} + {shift}" if shift else "",
    )


def centre_of(names: PredictorNames, *, matrix: bool) -> str:
    """Return the predictor at the means of the columns, without the intercept."""
    if not names.beta:
        return ""
    mean = f"{names.matrix.lower()}_mean"
    return f"({mean}' * {names.beta})'" if matrix else f"dot_product({mean}, {names.beta})"


def _cutpoints(names: PredictorNames) -> PriorSlot:
    density = "student_t(3, 0, 2.5)"
    return PriorSlot(
        variable="c",
        density=density,
        shown=(density,),
        how="cutpoints where all columns are at their means" if names.beta else "cutpoints",
        centred=f"c - {centre_of(names, matrix=False)}" if names.beta else "",
    )


def _deviations(names: GroupNames, term: GroupTerm, scale: OutcomeScale) -> PriorSlot:
    spreads = [
        1.0 if name == "Intercept" else spread_of(x)
        for name, x in zip(term.names, np.asarray(term.values).T, strict=True)
    ]
    rates = np.array(spreads) / scale.spread
    data = f"prior_rate_{names.sd}"
    unit = "sd(y)" if scale.spread != 1.0 else "1"
    return PriorSlot(
        variable=names.sd,
        labels=tuple(f"{names.sd}[{name}]" for name in term.names),
        support="positive",
        density=f"exponential({data})",
        shown=tuple(f"exponential({r:.4g})" for r in rates),
        how=f"mean {unit}, of a slope / sd(x)",
        data={data: rates},
    )


def _constant(regression: Regression, name: str, scale: OutcomeScale) -> PriorSlot:
    family, data = regression.family, {}
    match name:
        case "sigma":
            rate = 1.0 / scale.outcome_spread
            density, shown = "exponential(prior_rate_sigma)", f"exponential({rate:.4g})"
            how, data = "mean sd(y)", {"prior_rate_sigma": np.array(rate)}
        case "nu":
            density = shown = "gamma(2, 0.1)"
            how = "from heavy tails to almost normal ones"
        case "shape" if family.name == "inverse_gaussian":
            width = 0.5 * scale.outcome_mean
            density, shown = "inv_gamma(0.5, prior_scale_shape)", f"inv_gamma(0.5, {width:.4g})"
            how, data = (
                "coefficient of variation half normal(0, 1)",
                {"prior_scale_shape": np.array(width)},
            )
        case "shape" if family.name in {"weibull", "loglogistic"}:
            density = shown = "inv_gamma(1, 1)"
            how = "1 / shape, the spread of log y, exponential(1)"
        case "shape" | "phi":
            density = shown = "inv_gamma(0.5, 0.5)"
            how = "1 / sqrt of it half normal(0, 1)"
        case _:
            density = shown = "beta(1, 1)"
            how = "uniform"
    return PriorSlot(
        variable=name,
        support="unit" if density == "beta(1, 1)" else "positive",
        density=density,
        shown=(shown,),
        how=how,
        data=data,
    )
