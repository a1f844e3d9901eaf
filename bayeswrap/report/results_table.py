"""The one table of a paper: estimates over their spreads, a column an estimate."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Literal, TypeAlias

from tabulate import tabulate

from bayeswrap.arguments import one_of
from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
from bayeswrap.report.document.numbers import decimals_for, fixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.verdicts.comparison_result import ComparisonResult
    from bayeswrap.verdicts.lineup import Result

__all__ = [
    "TableFormat",
    "results_table",
]

TableFormat: TypeAlias = Literal["text", "md", "latex", "html", "csv"]

_STYLES = {"text": "simple", "md": "pipe", "latex": "latex_booktabs", "html": "html"}
_MINUS = "\N{MINUS SIGN}"


def results_table(
    comparison: ComparisonResult,
    format: TableFormat = "text",  # noqa: A002 - the field's word
    names: str | Sequence[str] | None = None,
) -> str:
    """Return the estimates of a comparison as one table.

    Parameters
    ----------
    comparison : ComparisonResult
        Results of one program and data set.
    format : str, optional
        ``"text"``, ``"md"`` (a pipe table), ``"latex"`` (for the package booktabs), ``"html"`` or
        ``"csv"``.
    names : str or sequence of str, optional
        Which scalars (see `ComparisonResult.to_frame`); all parameters by default.

    Returns
    -------
    str
        The estimate of each scalar, below it its spread in brackets; the log likelihood and the
        number of rows at the foot. The spread of an MLE is its standard error, that of a MAP the
        Laplace standard deviation, that of draws the posterior standard deviation.

    Raises
    ------
    UsageError
        An unknown format.
    UnknownNameError
        A name that is no scalar.
    """
    one_of(format, ("text", "md", "latex", "html", "csv"), "format")
    scalars = list(comparison.to_frame(names).index)
    columns = [_numbers(result) for result in comparison.results]
    rows = [row for name in scalars for row in _rows(name, comparison, columns)]
    rows += _foot(comparison)
    head = ["", *(result.title for result in comparison.results)]
    if format == "csv":
        return _csv([head, *rows])
    if format == "latex":
        rows = [[cell.replace(_MINUS, "-") for cell in row] for row in rows]
    right = ("left", *("right" for _ in columns))
    return str(
        tabulate(rows, head, tablefmt=_STYLES[format], colalign=right, disable_numparse=True)
    )


def _numbers(result: Result) -> dict[str, tuple[float, float]]:
    """Return estimate and spread of each scalar of a result."""
    if isinstance(result, PointEstimate):
        pairs = zip(result.values, result.spread, strict=True)
        return dict(zip(result.layout.names, ((float(a), float(b)) for a, b in pairs), strict=True))
    frame = result.to_frame(derived=True)
    pairs = zip(frame["mean"], frame["sd"], strict=True)
    return dict(zip(frame.index, ((float(a), float(b)) for a, b in pairs), strict=True))


def _rows(
    name: str, comparison: ComparisonResult, columns: list[dict[str, tuple[float, float]]]
) -> tuple[list[str], list[str]]:
    """Return the row of estimates of a scalar and the row of their spreads."""
    cells = [numbers.get(name, (math.nan, math.nan)) for numbers in columns]
    decimals = decimals_for(spread for _, spread in cells)
    label = comparison.labels.get(name, name)
    estimates = ["" if math.isnan(value) else fixed(value, decimals) for value, _ in cells]
    spreads = ["" if math.isnan(s) else f"({fixed(s, decimals)})" for _, s in cells]
    return [label, *estimates], ["", *spreads]


def _foot(comparison: ComparisonResult) -> list[list[str]]:
    """Return the rows of statistics below the estimates."""
    heights = [
        fixed(result.log_likelihood, 2) if isinstance(result, PointEstimate) else ""
        for result in comparison.results
    ]
    rows = [["log likelihood", *heights]] if any(heights) else []
    count = comparison.record.rows
    return [*rows, ["rows", *(str(count) for _ in heights)]] if count else rows


def _csv(rows: list[list[str]]) -> str:
    text = io.StringIO()
    plain = [[cell.replace(_MINUS, "-") for cell in row] for row in rows]
    csv.writer(text, lineterminator="\n").writerows(plain)
    return text.getvalue()
