"""The report for formats without strips, colours and folds: what they say, in words and numbers."""

from __future__ import annotations

import dataclasses
import math
from itertools import groupby
from typing import TYPE_CHECKING

from bayeswrap.report.document.glossary import COMPARED, ROLES
from bayeswrap.report.document.numbers import fixed
from bayeswrap.report.document.parts import Cell, Column, Row, Section, Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.report.document.parts import CodeLine, Report, Strip

__all__ = [
    "APPENDIX",
    "LISTS",
    "plain_form",
    "plain_table",
    "statement_table",
]


APPENDIX = "Appendix: elements of long vectors"
LISTS = frozenset({"citations"})  # sections whose paragraphs are entries of a list
_LONG_VECTORS = ("vector-", "elements-")
_MARKS = "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ"


def plain_form(report: Report) -> Report:
    """Return the report with numbers for strips, notes for hints, and long vectors at the end.

    Parameters
    ----------
    report : Report
        As it is built for a page.

    Returns
    -------
    Report
        The same sections in the same order. Elements of long vectors, which a page unfolds at a
        click, stand in an appendix.
    """
    vectors = tuple(s for s in report.every_section if _is_long_vector(s))
    sections = [_plain_section(s) for s in report.sections]
    if vectors:
        parts = tuple(_plain_section(s) for s in vectors)
        doubtful = report.sections[0].doubtful
        sections.append(Section(key="appendix", title=APPENDIX, parts=parts, doubtful=doubtful))
    return dataclasses.replace(report, sections=tuple(sections))


def _is_long_vector(section: Section) -> bool:
    return section.key.startswith(_LONG_VECTORS)


def _plain_section(section: Section) -> Section:
    return dataclasses.replace(
        section,
        text=_paragraphs(section),
        facts=() if section.key == "theory" else section.facts,
        tables=tuple(plain_table(t) for t in section.tables),
        parts=tuple(_plain_section(p) for p in section.parts if not _is_long_vector(p)),
    )


def _paragraphs(section: Section) -> tuple[str, ...]:
    """Return the paragraphs; the equations of the theory stand below its formula."""
    if section.key != "theory":
        return section.text
    equations = tuple(f"{fact.name}: {fact.text}" for fact in section.facts)
    return (*section.text[:1], *equations, *section.text[1:])


def plain_table(table: Table) -> Table:
    """Return a table with one column a kind of estimate for its strips, and notes for its hints."""
    notes: dict[str, str] = {}
    return dataclasses.replace(
        table,
        columns=tuple(c for one, of in _with_strips(table) for c in _columns(one, table, of=of)),
        rows=tuple(_row(row, table, notes) for row in table.rows),
        notes=(*(f"{mark} {hint}" for hint, mark in notes.items()), *table.notes),
        marks=(),
    )


def _with_strips(table: Table) -> Iterator[tuple[Column, bool]]:
    for place, column in enumerate(table.columns):
        yield column, any(row.cells[place].strip is not None for row in table.rows)


def _columns(column: Column, table: Table, *, of: bool) -> tuple[Column, ...]:
    """Return the column, or what stands for a column of strips."""
    if not of:
        return (column,)
    return tuple(
        Column(name, group=column.head, meaning=COMPARED, title=column.head)
        for _, name in table.marks
    )


def _row(row: Row, table: Table, notes: dict[str, str]) -> Row:
    kinds = [kind for kind, _ in table.marks]
    cells: list[Cell] = []
    for (_, of_strips), cell in zip(_with_strips(table), row.cells, strict=True):
        cells += _values(cell.strip, kinds) if of_strips else [_noted(cell, notes)]
    below = f"{row.below}, see the appendix" if row.link.startswith(_LONG_VECTORS) else row.below
    return dataclasses.replace(row, cells=tuple(cells), below=below)


def _values(strip: Strip | None, kinds: list[str]) -> list[Cell]:
    """Return one cell a kind of estimate; a vector has none, its row gives the range."""
    found = {m.kind: m.value for m in strip.marks} if strip is not None else {}
    decimals = 0 if strip is None else strip.decimals
    values = [found.get(kind, math.nan) for kind in kinds]
    if strip is not None and strip.elements:
        return [Cell("") for _ in kinds]
    return [Cell(fixed(v, decimals)) for v in values]


def _noted(cell: Cell, notes: dict[str, str]) -> Cell:
    """Return a cell with a mark for its hint, which a note under the table explains."""
    if not cell.hint:
        return cell
    mark = notes.setdefault(cell.hint, _MARKS[len(notes) % len(_MARKS)])
    if cell.below:
        return dataclasses.replace(cell, below=f"{cell.below}{mark}", hint="")
    return dataclasses.replace(cell, text=f"{cell.text}{mark}", hint="")


def statement_table(code: tuple[CodeLine, ...]) -> Table | None:
    """Return lines, role and reason of each statement of a program that has a role."""
    rows = [_statement([*lines]) for lines in _statements(code)]
    if not rows:
        return None
    used = dict.fromkeys(r for line in code for r in line.role.split(" + ") if r)
    return Table(
        key="statements",
        caption="Statements of the program with their roles",
        stub=Column("line"),
        columns=(Column("role", words=True), Column("why", words=True)),
        rows=tuple(rows),
        notes=tuple(f"{role}: {ROLES[role]}" for role in used if role in ROLES),
    )


def _statements(code: tuple[CodeLine, ...]) -> Iterator[list[CodeLine]]:
    """Yield the lines of each statement with a role."""
    for role, lines in groupby(code, key=lambda line: line.role):
        block: list[CodeLine] = []
        for line in lines if role else ():
            if line.first and block:
                yield block
                block = []
            block.append(line)
        if block:
            yield block


def _statement(lines: list[CodeLine]) -> Row:
    first, last = lines[0], lines[-1]
    numbers = str(first.number) if first is last else f"{first.number}\N{EN DASH}{last.number}"
    return Row(numbers, (Cell(first.role), Cell(first.why)))
