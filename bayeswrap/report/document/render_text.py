"""The report as plain text in lines of 80 characters; figures are left out and named."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING

from bayeswrap.report.document.plain_form import LISTS, plain_form, statement_table
from bayeswrap.report.document.table_layout import GAP, panels, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.report.document.parts import CodeLine, Report, Row, Section, Table
    from bayeswrap.report.document.table_layout import Panel

__all__ = [
    "to_text",
]


_WIDTH = 80  # characters of a line
_RULES = ("=", "-", "~")
_LEFT_OUT = "Left out of plain text; the formats html, md, tex and docx hold it."


def to_text(report: Report) -> str:
    """Return the report as text; only lines of the program may be longer than 80 characters.

    Parameters
    ----------
    report : Report
        As it is built for a page of HTML; its figures need not be drawn.
    """
    text, plain = _Text(), plain_form(report)
    about = [f"{fact.name}: {fact.text}" for fact in plain.about]
    blocks = [
        _heading(f"{plain.title}: estimates compared", 0),
        "\n".join(_filled(line, indent="  ") for line in about),
        _filled(f"{plain.word}."),
        _filled(plain.action),
        "\n".join(_filled(f"{b.name}: {b.word}", indent="  ") for b in plain.badges),
        *text.sections(plain.sections, 1),
        *_glossary(plain),
    ]
    lines = "\n\n".join(b for b in blocks if b).splitlines()
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _heading(title: str, level: int) -> str:
    lines = wrapped(_flat(title), _WIDTH)
    rule = _RULES[min(level, len(_RULES) - 1)] * max(map(len, lines), default=1)
    return "\n".join([rule, *lines, rule] if level == 0 else [*lines, rule])


def _flat(text: str) -> str:
    """Return text in one line, without signs that steer a terminal."""
    return "".join(c if c.isprintable() or c == "\N{NO-BREAK SPACE}" else " " for c in text)


def _filled(text: str, *, indent: str = "", lead: str = "") -> str:
    """Return a paragraph in lines of the page; the first begins with `lead`."""
    return textwrap.fill(
        _flat(text),
        _WIDTH,
        initial_indent=lead or indent,
        subsequent_indent=" " * len(lead) or f"{indent}  " * bool(indent),
        break_on_hyphens=False,
    )


def _glossary(report: Report) -> Iterator[str]:
    if report.glossary:
        yield _heading("Glossary", 1)
        yield from (_filled(f"{name}: {text}") for name, text in report.glossary)


class _Text:
    """Writes sections, and numbers tables and figures."""

    def __init__(self) -> None:
        self.tables = self.figures = 0

    def sections(self, sections: tuple[Section, ...], level: int) -> Iterator[str]:
        for one in sections:
            yield _heading(one.title, level)
            yield from self._content(one)
            yield from self.sections(one.parts, level + 1)

    def _content(self, one: Section) -> Iterator[str]:
        if one.doubtful:
            yield _filled(f"NOT RELIABLE. {one.doubtful}")
        yield from (_filled(text, lead="- " * (one.key in LISTS)) for text in one.text)
        for table in one.tables:
            yield from self._table(table)
        yield "\n".join(_filled(f"{f.name}: {f.text}", lead="- ") for f in one.facts)
        for picture in one.pictures:
            self.figures += 1
            yield _filled(f"Figure {self.figures}. {picture.caption} ({_LEFT_OUT})")
        if one.code:
            yield from self._code(one.code)

    def _code(self, code: tuple[CodeLine, ...]) -> Iterator[str]:
        width = len(str(code[-1].number))
        yield "\n".join(f"{c.number:>{width}}  {_line_of_code(c.text)}" for c in code)
        statements = statement_table(code)
        if statements is not None:
            yield from self._table(statements)

    def _table(self, table: Table) -> Iterator[str]:
        for panel in panels(table, _WIDTH):
            self.tables += 1
            yield _filled(f"Table {self.tables}. {panel.table.caption}")
            yield _grid(panel)
            yield from map(_filled, panel.table.notes)


def _line_of_code(text: str) -> str:
    return _flat(text.expandtabs(2))


def _grid(panel: Panel) -> str:
    """Return the table under its heads."""
    table, widths = panel.table, panel.widths
    left = [True, *(c.words for c in table.columns)]
    heads = [
        _lines((c.head, c.below), w)
        for c, w in zip((table.stub, *table.columns), widths, strict=True)
    ]
    body = [line for row in table.rows for line in _aligned(_row(row, panel), widths, left)]
    rule = (" " * GAP).join("-" * w for w in widths)
    return "\n".join([*_group_heads(panel), *_aligned(heads, widths, left), rule, *body])


def _row(row: Row, panel: Panel) -> list[list[str]]:
    cells = zip(row.cells, panel.widths[1:], strict=True)
    name = _lines((row.name, row.below), panel.widths[0])
    return [name, *(_lines((cell.text, cell.below), width) for cell, width in cells)]


def _lines(texts: tuple[str, str], width: int) -> list[str]:
    return [line for text in texts for line in wrapped(_flat(text), width)]


def _aligned(cells: list[list[str]], widths: Sequence[int], left: Sequence[bool]) -> Iterator[str]:
    """Yield the lines of a row: words at the left of their columns, numbers at the right."""
    for texts in zip_longest(*cells, fillvalue=""):
        row = zip(texts, widths, left, strict=True)
        yield (" " * GAP).join(f"{t:<{w}}" if at_left else f"{t:>{w}}" for t, w, at_left in row)


def _group_heads(panel: Panel) -> list[str]:
    """Return the lines of the heads over several columns, each over a rule of its width."""
    if not any(c.group for c in panel.table.columns):
        return []
    blocks, first = [], 1
    for group, span in panel.table.groups:
        width = sum(panel.widths[first : first + span]) + GAP * (span - 1)
        blocks.append((wrapped(group, width), width))
        first += span
    tall = max(len(lines) for lines, _ in blocks)
    stub = " " * panel.widths[0]
    return [
        (" " * GAP).join(
            [stub, *(([""] * (tall - len(b)) + b)[line].center(width) for b, width in blocks)]
        )
        for line in range(tall)
    ] + [(" " * GAP).join([stub, *(("-" if b else " ") * width for b, width in blocks)])]
