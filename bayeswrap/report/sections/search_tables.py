"""The modes that the searches from many starts reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from bayeswrap.estimates.problem.layout import variable_of
from bayeswrap.report.document.glossary import MEANINGS
from bayeswrap.report.document.numbers import fixed, signed
from bayeswrap.report.document.parts import Cell, Column, Row, Table
from bayeswrap.report.sections.row_words import decimals_of, row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.estimates.results.census import Basin, Census
    from bayeswrap.verdicts.comparison_result import ComparisonResult

__all__ = [
    "census_tables",
    "facts_of_searches",
    "has_one_mode_each",
]


_ROWS_MAX = 10
_SCALARS_MAX = 4


def has_one_mode_each(comparison: ComparisonResult) -> bool:
    """Return whether each search ended at one mode and nowhere else."""
    return all(len(c.basins) == 1 and c.modes for c in comparison.censuses.values())


def census_tables(comparison: ComparisonResult) -> tuple[Table, ...]:
    """Return one table a search; columns are explained below the last one."""
    last = [*comparison.censuses][-1:]
    return tuple(
        _census_table(title, comparison, explained=title in last) for title in comparison.censuses
    )


def _census_table(title: str, comparison: ComparisonResult, *, explained: bool) -> Table:
    census = comparison.censuses[title]
    positions = _few_positions(census.names, frozenset(comparison.frame.index))
    names = [census.names[i] for i in positions]
    labels = [comparison.labels.get(n, n) for n in names]
    # as in the tables of estimates: digits beyond these are rounding
    decimals = [decimals_of(row_of(comparison, n)) for n in names]
    top = census.modes[0].log_density if census.modes else np.nan
    return Table(
        key="census",
        caption=f"{title}: search from {census.starts} starts",
        stub=Column("end of the search"),
        columns=_columns(labels, explained=explained),
        rows=tuple(
            _basin_row(number, basin, top, positions, decimals)
            for number, basin in enumerate(census.basins[:_ROWS_MAX], start=1)
        ),
        notes=_notes(census, len(names)),
    )


def _few_positions(names: tuple[str, ...], rows: frozenset[str]) -> list[int]:
    """Return the positions of a few scalars: the first of each variable, then the others.

    Constants, such as ``L[1,1]`` of a Cholesky factor of correlations, have no row in any table.
    """
    positions = [i for i, name in enumerate(names) if name in rows]
    first_of: dict[str, int] = {}
    for i in positions:
        first_of.setdefault(variable_of(names[i]), i)
    first = list(first_of.values())
    rest = [i for i in positions if i not in first]
    return sorted([*first, *rest][:_SCALARS_MAX])


def _columns(labels: Sequence[str], *, explained: bool) -> tuple[Column, ...]:
    density = MEANINGS["census_density"] * explained
    return (
        Column("log density", "minus the highest", meaning=density),
        Column("starts"),
        Column("distance", meaning=MEANINGS["census_distance"] * explained),
        *(Column(label, group="Values") for label in labels),
    )


def _basin_row(
    number: int, basin: Basin, top: float, positions: Sequence[int], decimals: Sequence[int]
) -> Row:
    name = f"mode {number}" if basin.is_mode else basin.status.name.lower().replace("_", " ")
    below = basin.log_density - top
    difference = signed(below, 3) if number > 1 and np.isfinite(below) else ""
    cells = (
        Cell(fixed(basin.log_density, 3), difference),
        Cell(str(basin.hits)),
        Cell(fixed(basin.distance, 1)),
        *(Cell(fixed(float(basin.values[i]), d)) for i, d in zip(positions, decimals, strict=True)),
    )
    return Row(name, cells, tone="" if basin.is_mode else "open")


def _notes(census: Census, scalars: int) -> tuple[str, ...]:
    notes = [f"{s[0].upper()}{s[1:]}." for s in census.sentences()]
    more = len(census.basins) - _ROWS_MAX
    if more > 0:
        notes.append(f"The table leaves out {more} further ends.")
    if scalars < len(census.names):
        notes.append(f"The table shows {scalars} of {len(census.names)} parameters.")
    return tuple(notes)


def facts_of_searches(comparison: ComparisonResult) -> dict[str, Any]:
    """Return the searches as plain values."""
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
