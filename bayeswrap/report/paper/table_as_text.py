"""The table of a paper as plain text, as Markdown and as CSV."""

from __future__ import annotations

import csv
import io
import re
import textwrap
import unicodedata
from typing import TYPE_CHECKING

from bayeswrap.report.paper.paper_table import raised

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bayeswrap.report.paper.paper_table import Entry, Line, PaperTable

__all__ = [
    "as_csv",
    "as_markdown",
    "as_text",
]


_ASCII = str.maketrans(
    {"\N{MINUS SIGN}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\N{INFINITY}": "inf"}
)
_SPECIAL = re.compile(r"[\\`*_|~<>#$\[\]]|&(?=[#\w])")
_WIDE = frozenset("WF")
_NARROWEST = 60  # columns of notes below a small table
_GAP = "  "
_TAIL = re.compile(r"[^\d\N{EM DASH}]*$")  # what follows the digits: brackets, letters
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")


def as_text(table: PaperTable) -> str:
    """Return a table for a terminal, with three rules."""
    heads = [*table.heads]
    cells = [[_marked(e) for e in (line.label, *line.entries)] for line in table.lines]
    cells = _hung(cells)
    widths = [max(map(_width, column)) for column in zip(heads, *cells, strict=True)]
    _widen(widths, table.spans)
    total = sum(widths) + len(_GAP) * (len(widths) - 1)
    rule = "-" * total
    body, statistics = cells[: len(table.body)], cells[len(table.body) :]
    lines = [table.caption] if table.caption else []
    lines += [rule, *([_span_line(table, widths)] if table.spans else [])]
    lines += [_text_line(heads, widths), rule, *(_text_line(row, widths) for row in body)]
    if statistics:
        lines += [rule, *(_text_line(row, widths) for row in statistics)]
    lines.append(rule)
    for mark, sentence in table.remarks:
        lead = f"{raised((mark,))} " if mark else ""
        lines += textwrap.wrap(lead + sentence, max(total, _NARROWEST))
    return "\n".join(line.rstrip() for line in lines) + "\n"


def as_markdown(table: PaperTable) -> str:
    """Return a pipe table of GitHub's Markdown, with its notes as paragraphs."""
    rows = [[_marked(e) for e in (line.label, *line.entries)] for line in table.lines]
    escaped = [[_escaped(text) for text in row] for row in [table.flat_heads, *rows]]
    widths = [max(map(_width, column)) for column in zip(*escaped, strict=True)]
    side = ":{}:" if table.centred else "{}:"
    widths = [max(width, 5) for width in widths]
    rules = [":" + "-" * (widths[0] - 1)]
    rules += [side.format("-" * (w - 1 - table.centred)) for w in widths[1:]]
    padded = [[t + " " * (w - _width(t)) for t, w in zip(r, widths, strict=True)] for r in escaped]
    lines = [_pipes(padded[0]), _pipes(rules), *map(_pipes, padded[1:])]
    caption = [f"**{_escaped(table.caption)}**", ""] if table.caption else []
    notes = [f"{raised((m,))} {_escaped(s)}" if m else _escaped(s) for m, s in table.remarks]
    parts = [*caption, *lines, *(part for note in notes for part in ("", note))]
    return "\n".join(parts) + "\n"


def as_csv(table: PaperTable) -> str:
    """Return a table for programs: plain minus signs, a column for the letters of footnotes.

    Notes follow as rows of their own, so that what a number means is not lost.
    """
    noted = any(_letters(line) for line in table.lines)
    width = len(table.heads) + noted
    rows = [[*table.flat_heads, *(["footnotes"] if noted else [])]]
    for line in table.lines:
        texts = [_plain(entry.text) for entry in line.entries]
        rows.append([_plain(line.label.text), *texts, *([_letters(line)] if noted else [])])
    for mark, sentence in table.remarks:
        rows.append([mark or "note", sentence, *[""] * (width - 2)])
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _marked(entry: Entry) -> str:
    return entry.text + raised(entry.marks)


def _letters(line: Line) -> str:
    return " ".join(dict.fromkeys(m for e in (line.label, *line.entries) for m in e.marks))


def _plain(text: str) -> str:
    """Return a number as programs read it: -1.2e-9 in place of powers of ten."""
    powers = re.sub(
        "\N{MULTIPLICATION SIGN}10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)",
        lambda m: "e" + m[1].translate(_SUPERSCRIPTS),
        text,
    )
    return powers.translate(_ASCII)


def _width(text: str) -> int:
    """Return the columns of a terminal that a text takes."""
    signs = (c for c in text if not unicodedata.combining(c))
    return sum(2 if unicodedata.east_asian_width(c) in _WIDE else 1 for c in signs)


def _hung(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return rows in which brackets and letters hang out, so that digits stand below digits."""
    columns = []
    for i, column in enumerate(zip(*rows, strict=True)):
        tails = [_width(_TAIL.search(text)[0]) for text in column]  # type: ignore[index]
        room = 0 if i == 0 else max(t for t, text in zip(tails, column, strict=True) if text)
        columns.append(
            [t + " " * max(0, room - n) * bool(t) for t, n in zip(column, tails, strict=True)]
        )
    return [list(row) for row in zip(*columns, strict=True)]


def _widen(widths: list[int], spans: Sequence[tuple[str, int]]) -> None:
    """Give the columns under a long head over them more room."""
    start = 1
    for text, count in spans:
        room = sum(widths[start : start + count]) + len(_GAP) * (count - 1)
        widths[start] += max(0, _width(text) - room)
        start += count


def _span_line(table: PaperTable, widths: Sequence[int]) -> str:
    parts, start = [" " * widths[0]], 1
    for text, count in table.spans:
        room = sum(widths[start : start + count]) + len(_GAP) * (count - 1)
        left = (room - _width(text)) // 2
        parts.append(" " * left + text + " " * (room - _width(text) - left))
        start += count
    return _GAP.join(parts)


def _text_line(row: Sequence[str], widths: Sequence[int]) -> str:
    first = row[0] + " " * (widths[0] - _width(row[0]))
    rest = [" " * (w - _width(t)) + t for t, w in zip(row[1:], widths[1:], strict=True)]
    return _GAP.join([first, *rest])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _pipes(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
