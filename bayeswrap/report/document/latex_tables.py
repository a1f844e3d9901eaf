"""A table as one or several longtables with the rules of booktabs, within the width of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.document.latex_text import escaped
from bayeswrap.report.document.table_layout import panels, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.report.document.parts import Cell, Column, Row, Table
    from bayeswrap.report.document.table_layout import Panel

__all__ = [
    "longtables",
]


_ROOM = 104  # characters of a line at footnote size, 17 cm wide
_POINTS = 4.4  # of a character at footnote size, in TeX points; a digit has 4.25


def longtables(table: Table) -> str:
    """Return the table; columns that do not fit stand in a second one with the same rows."""
    return "\n\n".join("\n".join(_longtable(panel)) for panel in panels(table, _ROOM))


def _longtable(panel: Panel) -> Iterator[str]:
    table = panel.table
    count = 1 + len(table.columns)
    head = "\n".join(_head(panel))
    yield rf"\begin{{longtable}}{{@{{}}{''.join(_specification(panel))}@{{}}}}"
    yield rf"\multicolumn{{{count}}}{{@{{}}l}}{{\tablecaption{{{escaped(table.caption)}}}}}\\"
    yield rf"{head}\endfirsthead"
    yield rf"\multicolumn{{{count}}}{{@{{}}l}}{{\emph{{Table \thetable, continued}}}}\\"
    yield rf"{head}\endhead"
    yield r"\bottomrule\endfoot"
    for row in table.rows:
        tall = row.below or any(cell.below for cell in row.cells)
        yield " & ".join(_cells(row, panel)) + (r"\\[2pt]" if tall else r"\\")
    yield r"\end{longtable}"
    yield from (rf"\tablenote{{{escaped(note)}}}" for note in table.notes)


def _specification(panel: Panel) -> Iterator[str]:
    words = [True, *(c.words for c in panel.table.columns)]
    for width, wraps, text in zip(panel.widths, panel.wraps, words, strict=True):
        yield f"P{{{width * _POINTS:.1f}pt}}" if wraps else "l" if text else "r"


def _head(panel: Panel) -> Iterator[str]:
    """Yield the head: groups with a rule each, then the columns, at the bottom of their lines."""
    table = panel.table
    yield r"\toprule"
    if any(c.group for c in table.columns):
        yield from _group_heads(panel)
    columns: Sequence[Column] = (table.stub, *table.columns)
    heads = zip(columns, panel.widths, (True, *(c.words for c in table.columns)), strict=True)
    yield " & ".join(_column_head(c, w, left=left) for c, w, left in heads) + r"\\"
    yield r"\midrule"


def _group_heads(panel: Panel) -> Iterator[str]:
    cells, rules, first = [""], [], 2
    for group, span in panel.table.groups:
        width = sum(panel.widths[first - 1 : first - 1 + span]) + 2 * (span - 1)
        lines = wrapped(group, width)
        cells.append(rf"\multicolumn{{{span}}}{{c}}{{{_stacked(lines, 'c', 'b')}}}")
        if group:
            rules.append(rf"\cmidrule(lr){{{first}-{first + span - 1}}}")
        first += span
    yield " & ".join(cells) + r"\\"
    yield "".join(rules)


def _column_head(column: Column, width: int, *, left: bool) -> str:
    lines = [*wrapped(column.head, width), *wrapped(column.below, width)]
    return _stacked(lines, "l" if left else "r", "b")


def _cells(row: Row, panel: Panel) -> Iterator[str]:
    stub = _lines((row.name, row.below), wraps=panel.wraps[0], side="l")
    # a row may not begin with what a longtable reads as an option of the line before
    yield rf"\relax {stub}"
    for cell, column, wraps in zip(row.cells, panel.table.columns, panel.wraps[1:], strict=True):
        yield _cell(cell, column, wraps=wraps)


def _cell(cell: Cell, column: Column, *, wraps: bool) -> str:
    """Return a cell; what is flagged is bold."""
    text = _lines((cell.text, cell.below), wraps=wraps, side="l" if column.words else "r")
    return rf"\textbf{{{text}}}" if text and cell.tone == "bad" else text


def _lines(texts: tuple[str, str], *, wraps: bool, side: str) -> str:
    lines = [text for text in texts if text]
    if wraps:
        return r"\newline ".join(map(escaped, lines))
    return _stacked(lines, side, "t")


def _stacked(lines: Sequence[str], side: str, place: str) -> str:
    """Return lines below each other, the first or the last on the line of the row."""
    if len(lines) < 2:  # noqa: PLR2004 - one line needs no stack
        return "".join(map(escaped, lines))
    body = r"\\".join(map(escaped, lines))
    return rf"\begin{{tabular}}[{place}]{{@{{}}{side}@{{}}}}{body}\end{{tabular}}"
