"""What the searches from many starts found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.report.document.glossary import MEANINGS
from bayeswrap.report.document.numbers import fixed, signed
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.report.sections.row_words import decimals_of, row_of

if TYPE_CHECKING:
    from bayeswrap.estimates.results.census import Census
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "census_tables",
    "facts_of_searches",
    "found_more",
]


_MOST_BASINS = 10
_SHOWN_SCALARS = 4


def found_more(comparison: ComparisonResult) -> bool:
    """Tell whether some search found anything but one mode."""
    found = comparison.censuses.values()
    return any(len(c.basins) != 1 or not c.modes for c in found)


def _shown(names: tuple[str, ...]) -> list[int]:
    """Return the positions of a few scalars: the first of each variable, then the others."""
    seen: dict[str, int] = {}
    for i, name in enumerate(names):
        seen.setdefault(variable_of(name), i)
    first = list(seen.values())
    rest = [i for i in range(len(names)) if i not in first]
    return sorted([*first, *rest][:_SHOWN_SCALARS])


def census_tables(comparison: ComparisonResult) -> tuple[Table, ...]:
    """Return what each search from many starts found."""
    titles = list(comparison.censuses)
    # what a column means is told once, below the last table
    return tuple(
        _census_table(title, comparison, explained=title == titles[-1]) for title in titles
    )


def _census_table(title: str, comparison: ComparisonResult, *, explained: bool) -> Table:
    census = comparison.censuses[title]
    places = _shown(census.names)
    names = [census.names[i] for i in places]
    labels = comparison.labels
    # the digits of the tables of estimates: what lies beyond them is rounding
    digits = [decimals_of(row_of(comparison, n)) for n in names]
    top = census.modes[0].log_density if census.modes else np.nan
    rows = []
    for number, basin in enumerate(census.basins[:_MOST_BASINS], start=1):
        what = f"mode {number}" if basin.is_mode else basin.status.name.lower().replace("_", " ")
        below = basin.log_density - top
        cells = (
            Cell(fixed(basin.log_density, 3), "" if number == 1 else _against(below)),
            Cell(str(basin.hits)),
            Cell(fixed(basin.distance, 1)),
            *(Cell(fixed(float(v), d)) for v, d in zip(basin.values[places], digits, strict=True)),
        )
        rows.append(Row(what, cells, tone="" if basin.is_mode else "open"))
    more = len(census.basins) - len(rows)
    shown = [f"{len(names)} of {len(census.names)} parameters are shown."]
    return Table(
        key="census",
        caption=f"{title}: {census.starts} starts",
        stub=Column("ended at"),
        columns=(
            Column(
                "log density", "against the best", meaning=MEANINGS["census_density"] * explained
            ),
            Column("starts"),
            Column("distance", meaning=MEANINGS["census_distance"] * explained),
            *(Column(labels.get(n, n), group="At the values") for n in names),
        ),
        rows=tuple(rows),
        notes=(
            *(f"{s[0].upper()}{s[1:]}." for s in census.sentences()),
            *([f"{more} further ends are not shown."] if more > 0 else []),
            *(shown if len(names) < len(census.names) else []),
        ),
    )


def _against(difference: float) -> str:
    return signed(difference, 3) if np.isfinite(difference) else ""


def facts_of_searches(comparison: ComparisonResult) -> dict[str, Any]:
    """Return the same as plain values."""
    return {title: _census(c) for title, c in comparison.censuses.items()}


def _census(census: Census) -> dict[str, Any]:
    return {
        "starts": census.starts,
        "failed": census.failed,
        "sentences": list(census.sentences()),
        "basins": [
            {
                "status": b.status.name.lower(),
                "log_density": float(b.log_density),
                "hits": b.hits,
                "distance": float(b.distance),
                "relabelled": b.relabelled,
                "values": dict(zip(census.names, map(float, b.values), strict=True)),
            }
            for b in census.basins
        ],
    }
