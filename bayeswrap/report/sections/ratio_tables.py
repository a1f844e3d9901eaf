"""Odds ratios and rate ratios: coefficients of a linear predictor whose link the program states."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.report.document.numbers import DASH, interval, plain
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.report.sections.link_coefficients import coefficients_by_ratio
from bayeswrap.report.sections.row_words import row_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bayeswrap.report.sections.recommended import Recommended
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "ratio_table",
]


def ratio_table(comparison: ComparisonResult, estimates: Mapping[str, Recommended]) -> Table | None:
    """Return the exponentials of the coefficients, or None where the link is not known."""
    kinds = coefficients_by_ratio(comparison.results[0].program)
    names = [n for n in estimates if variable_of(n) in kinds]
    if not names:
        return None
    heads = [*dict.fromkeys(kinds[variable_of(n)] for n in names)]
    percent = f"{100 * comparison.ci_prob:g} %"
    return Table(
        key="ratios",
        caption=f"Exponentials of the coefficients ({' and '.join(heads)}), for one unit of the "
        "predictor",
        stub=Column("coefficient"),
        columns=(
            Column(" or ".join(heads)),
            Column(f"{percent} interval", "kind"),
            Column("of", words=True),
        ),
        rows=tuple(_row(comparison, estimates[n]) for n in names),
    )


def _row(comparison: ComparisonResult, one: Recommended) -> Row:
    """Transform an estimate and the ends of its interval; of the posterior that is its median."""
    value, source = one.value, one.source
    if one.interval == "credible":
        value = float(row_of(comparison, one.name)["posterior_median"])
        source = "posterior median"
    lower, upper = (math.exp(min(end, 700.0)) for end in (one.lower, one.upper))
    shown = DASH if math.isnan(value) else plain(math.exp(min(value, 700.0)), 3)
    digits = 2 if math.isnan(upper - lower) else _decimals(lower, upper)
    return Row(
        one.label, (Cell(shown), Cell(interval(lower, upper, digits), one.interval), Cell(source))
    )


def _decimals(lower: float, upper: float) -> int:
    """Return decimals that show an interval with three digits at its narrower end."""
    size = min(abs(lower), abs(upper - lower)) or 1.0
    return min(max(0, 2 - math.floor(math.log10(size))), 6) if size > 0 else 2
