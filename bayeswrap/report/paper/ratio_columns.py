"""Exponentials of coefficients: odds ratios and rate ratios with their spread and interval."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from bayeswrap.errors import UsageError
from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.report.paper.estimate_columns import Number
from bayeswrap.report.sections.link_coefficients import coefficients_by_ratio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bayeswrap.program.program import Program
    from bayeswrap.report.paper.estimate_columns import EstimateColumn

__all__ = [
    "exponential",
    "ratio_columns",
    "ratio_names",
    "require_ratios",
]


_LARGEST = 700.0  # of an exponent, in double precision


def ratio_names(program: Program, names: Sequence[str]) -> dict[str, str]:
    """Return what the exponential of each coefficient is, by its name; others are left out."""
    kinds = coefficients_by_ratio(program)
    return {n: kinds[variable_of(n)] for n in names if variable_of(n) in kinds}


def require_ratios(found: Sequence[Mapping[str, str]]) -> None:
    """Require that some coefficient of some model has a ratio.

    Raises
    ------
    UsageError
        No model has a logit or log link that its program states, or no row is a coefficient.
    """
    if not any(found):
        raise UsageError(
            "exponentiate=True needs coefficients whose exponential is a ratio",
            got="no row that multiplies data in a linear predictor with a logit or log link",
            do="leave exponentiate= out, or show such coefficients with parameters=",
        )


def ratio_columns(
    columns: Sequence[EstimateColumn], names: Mapping[str, str]
) -> tuple[EstimateColumn, ...]:
    """Return columns with the exponentials of some scalars in place of their values."""
    return tuple(
        replace(
            column,
            numbers={
                n: exponential(number) if n in names else number
                for n, number in column.numbers.items()
            },
        )
        for column in columns
    )


def exponential(number: Number) -> Number:
    """Return exp(value), its spread by the delta method, and the ends of its interval.

    Of draws the centre is the median, which an exponential does not move, as it does the mean.

    Examples
    --------
    >>> one = exponential(Number(0.0, 0.5, -1.0, 1.0))
    >>> one.value, one.spread, round(one.upper, 3)
    (1.0, 0.5, 2.718)
    """
    centre = number.value if math.isnan(number.median) else number.median
    value = _exp(centre)
    return Number(value, value * number.spread, _exp(number.lower), _exp(number.upper), value)


def _exp(value: float) -> float:
    return math.inf if value > _LARGEST else math.exp(value)
