"""The report as a page of GitHub's Markdown, with its figures as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bayeswrap.report.document.markdown_text import anchor, cell_text, escaped, fenced, paragraph
from bayeswrap.report.document.plain_form import LISTS, plain_form, statement_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bayeswrap.report.document.parts import Cell, CodeLine, Column, Report, Section, Table

__all__ = [
    "to_markdown",
]

_NBSP = "\N{NO-BREAK SPACE}"


def to_markdown(report: Report, folder: str = "figures") -> tuple[str, dict[str, bytes]]:
    """Return the page, and its figures by their paths relative to it.

    Parameters
    ----------
    report : Report
        As it is built for a page of HTML.
    folder : str, optional
        Where the figures will stand: letters, digits, hyphens and dots.
    """
    page = _Page(folder)
    plain = plain_form(report)
    blocks = [
        f"# {escaped(plain.title)}: estimates compared",
        " · ".join(f"{escaped(f.name)} **{escaped(f.text)}**" for f in plain.about),
        f"> **{escaped(plain.word)}.** {escaped(plain.action)}",
        _items(f"{escaped(b.name)}: **{escaped(b.word)}**" for b in plain.badges),
        *page.sections(plain.sections[:1], 2),
        _contents(plain),
        *page.sections(plain.sections[1:], 2),
        *_glossary(plain),
    ]
    return "\n\n".join(b for b in blocks if b) + "\n", page.files


def _items(entries: Iterator[str]) -> str:
    return "\n".join(f"- {entry}" for entry in entries)


def _contents(report: Report) -> str:
    titles = [s.title for s in report.sections[1:]] + ["Glossary"] * bool(report.glossary)
    return "**Contents**\n\n" + _items(f"[{escaped(t)}](#{anchor(t)})" for t in titles)


def _glossary(report: Report) -> Iterator[str]:
    if report.glossary:
        yield "## Glossary"
        yield _items(f"**{escaped(name)}**: {escaped(text)}" for name, text in report.glossary)


class _Page:
    """Writes sections; numbers tables and figures, and keeps the figures."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.files: dict[str, bytes] = {}
        self.tables = 0

    def sections(self, sections: tuple[Section, ...], level: int) -> Iterator[str]:
        for one in sections:
            yield f"{'#' * min(level, 6)} {escaped(one.title)}"
            yield from self._content(one)
            yield from self.sections(one.parts, level + 1)

    def _content(self, one: Section) -> Iterator[str]:
        if one.doubtful:
            yield f"> **Not reliable.** {escaped(one.doubtful)}"
        if one.key in LISTS:
            yield _items(escaped(text) for text in one.text)
        else:
            yield from map(paragraph, one.text)
        for table in one.tables:
            yield from self._table(table)
        if one.facts:
            yield _items(f"{escaped(f.name)}: {_fact(f.text, code=f.code)}" for f in one.facts)
        for picture in one.pictures:
            number = len(self.files) + 1
            path = f"{self.folder}/figure-{number}.png"
            self.files[path] = picture.image("png")
            yield f"![{escaped(picture.alt)}]({path})"
            yield f"**Figure {number}.** {escaped(picture.caption)}"
        if one.code:
            yield from self._code(one.code)

    def _code(self, code: tuple[CodeLine, ...]) -> Iterator[str]:
        width = len(str(code[-1].number))
        yield fenced([f"{line.number:>{width}}  {line.text}".rstrip() for line in code], "stan")
        statements = statement_table(code)
        if statements is not None:
            yield from self._table(statements)

    def _table(self, table: Table) -> Iterator[str]:
        self.tables += 1
        yield f"**Table {self.tables}.** {escaped(table.caption)}"
        yield _pipe_table(table)
        yield from map(paragraph, table.notes)


def _fact(text: str, *, code: bool) -> str:
    return f"`{text}`" if code and "`" not in text else escaped(text)


def _pipe_table(table: Table) -> str:
    heads = [cell_text(table.stub.head, table.stub.below), *map(_head, table.columns)]
    rules = ["---", *("---" if c.words else "---:" for c in table.columns)]
    rows = [[cell_text(r.name, r.below), *map(_cell, r.cells, table.columns)] for r in table.rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rules, *rows))


def _head(column: Column) -> str:
    """Return the head: Markdown has no heads over several columns, so each names its group."""
    group = f"{escaped(column.group)}:<br>" if column.group else ""
    return group + cell_text(column.head, column.below)


def _cell(cell: Cell, column: Column) -> str:
    """Return a cell; what is flagged is bold, and numbers with their units stay in one line."""
    text = cell_text(cell.text, cell.below)
    text = text if column.words else text.replace(" ", _NBSP)
    return f"**{text}**" if text and cell.tone == "bad" else text
