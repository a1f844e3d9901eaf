"""The log density at each mode, split into log likelihood, log prior and log population."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bayeswrap.report.document.glossary import MARGINAL_DENSITY, THEORY, THEORY_END
from bayeswrap.report.document.numbers import DASH, fixed, plain
from bayeswrap.report.document.parts import Cell, Column, Fact, Row, Table

if TYPE_CHECKING:
    from bayeswrap.estimates.point_estimates.point_estimate import PointEstimate
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "equations",
    "log_density_table",
    "theory",
]

_DECIMALS = (3, 6)  # at least and at most


def log_density_table(comparison: ComparisonResult) -> Table | None:
    """Return the parts of the log density at each mode, or None where there is no mode."""
    points = comparison.lineup.points
    if not points:
        return None
    population = any(p.log_population for p in points)
    columns = [Column("log likelihood"), Column("log prior")]
    if population:
        columns.append(Column("log population"))
    columns.append(Column("sum"))
    return Table(
        key="log-densities",
        caption="Log densities at each mode, with all constants and without Jacobian",
        stub=Column("estimate"),
        columns=tuple(columns),
        rows=tuple(_density_row(p, _decimals(comparison), population=population) for p in points),
        notes=_density_notes(comparison),
    )


def _density_row(point: PointEstimate, decimals: int, *, population: bool) -> Row:
    parts = point.log_parts
    values = [parts.likelihood, parts.prior, *([parts.population] if population else [])]
    if not point.status.is_estimate:
        why = point.status.sentence
        return Row(point.title, tuple(Cell(DASH, hint=why) for _ in [*values, 0]))
    cells = [Cell(fixed(v, decimals)) for v in [*values, parts.joint]]
    if population and point.marginal is not None:
        cells[2] = Cell(DASH, hint="the effects are integrated out")
    return Row(point.title, tuple(cells))


def theory(comparison: ComparisonResult) -> str:
    """Say what each estimate that exists has to do with the sum."""
    lineup = comparison.lineup
    points = [p for p in lineup.points if p.status.is_estimate]
    found = {
        "mle": any(p.scale is None and p.marginal is None for p in points),
        "marginal": any(p.scale is None and p.marginal is not None for p in points),
        "map": any(p.scale is not None for p in points),
        "laplace": lineup.laplace is not None,
        "pathfinder": lineup.pathfinder is not None,
        "posterior": lineup.posterior is not None,
    }
    return " ".join([*(THEORY[kind] for kind, exists in found.items() if exists), THEORY_END])


def _differences(comparison: ComparisonResult) -> tuple[float, float] | None:
    """Return how much lower the log likelihood and how much higher the sum is at the MAP."""
    lineup = comparison.lineup
    mle, mode = lineup.mle, lineup.map_constrained
    if mle is None or mode is None or not (mle.status.is_estimate and mode.status.is_estimate):
        return None
    if mle.marginal is not None:
        return None
    return mle.log_likelihood - mode.log_likelihood, mode.log_joint - mle.log_joint


def _decimals(comparison: ComparisonResult) -> int:
    """Return the decimals at which the log densities of MLE and MAP differ visibly."""
    sizes = [abs(d) for d in _differences(comparison) or () if math.isfinite(d) and d != 0]
    needed = [1 - math.floor(math.log10(s)) for s in sizes]
    return min(max([_DECIMALS[0], *needed]), _DECIMALS[1])


def _density_notes(comparison: ComparisonResult) -> tuple[str, ...]:
    if any(p.marginal is not None for p in comparison.lineup.points):
        return (MARGINAL_DENSITY,)
    differences = _differences(comparison)
    if differences is None:
        return ()
    fall, rise = differences
    sentence = (
        "From the MLE to the MAP (constrained scale) the log likelihood falls by "
        f"{_in_words(fall)}. The sum rises by {_in_words(rise)}."
    )
    return (sentence,)


def _in_words(value: float) -> str:
    return "less than 0.000001" if abs(value) < 10 ** -_DECIMALS[1] else plain(value)


def equations(comparison: ComparisonResult) -> tuple[Fact, ...]:
    """Return the sum of log likelihood and log prior at each mode, written out."""
    return tuple(
        Fact(f"at the {p.title}", _equation(p, _decimals(comparison)))
        for p in comparison.lineup.points
        if p.status.is_estimate
    )


def _equation(point: PointEstimate, decimals: int) -> str:
    parts = point.log_parts
    terms = [parts.likelihood, parts.prior, *([parts.population] if parts.population else [])]
    first, *others = (f"({fixed(t, decimals)})" for t in terms)
    return f"{fixed(parts.joint, decimals)} + const = " + " + ".join([first, *others, "const"])
