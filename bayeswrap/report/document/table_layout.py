"""Tables that fit a page: widths of columns, and panels of those that are too wide for it."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bayeswrap.report.document.parts import Table

__all__ = [
    "GAP",
    "Panel",
    "panels",
    "wrapped",
]


GAP = 2  # characters between two columns
_NARROWEST = 9  # characters of a column whose text wraps
_WORD = 16  # characters of the longest word for which a column is widened
_ENDLESS = 10**6  # characters
_WORDS = re.compile(r"[^ _\[]*[_\[ ]+|[^ _\[]+")  # a word with the sign after which it breaks


@dataclass(frozen=True, slots=True)
class Panel:
    """A table, or some of its columns, that fits the page.

    Attributes
    ----------
    table : Table
        The columns, and the notes where it is the last one.
    widths : tuple of int
        Characters of the stub and of each column.
    wraps : tuple of bool
        Whether names or sentences of each are wider than it. Numbers never are.
    """

    table: Table
    widths: tuple[int, ...]
    wraps: tuple[bool, ...]


def panels(table: Table, room: int) -> tuple[Panel, ...]:
    """Return a table in as few panels as fit beside their names in lines of `room` characters."""
    runs = tuple(_runs(table, room))
    if len(runs) == 1:
        return (_panel(table, room),)
    last = len(runs)
    return tuple(_panel(_part(table, run, n, last), room) for n, run in enumerate(runs, start=1))


def _part(table: Table, run: range, number: int, last: int) -> Table:
    return dataclasses.replace(
        table,
        caption=f"{table.caption}, part {number} of {last}",
        columns=table.columns[run.start : run.stop],
        rows=tuple(
            dataclasses.replace(row, cells=row.cells[run.start : run.stop]) for row in table.rows
        ),
        notes=table.notes if number == last else (),
    )


def _runs(table: Table, room: int) -> Iterator[range]:
    """Yield the columns of each panel; a group is split only where it is too wide alone."""
    stub, *least = _least(table)
    start = used = 0
    for first, stop in _blocks(table, least, room - stub):
        width = sum(w + GAP for w in least[first:stop])
        if used and stub + used + width > room:
            yield range(start, first)
            start, used = first, 0
        used += width
    yield range(start, len(table.columns))


def _blocks(table: Table, least: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """Yield groups of columns as first and end, and single columns of a group that is too wide."""
    first = 0
    for _, count in table.groups:
        stop = first + count
        whole = table.columns[first].group and sum(w + GAP for w in least[first:stop]) <= room
        yield from [(first, stop)] if whole else ((i, i + 1) for i in range(first, stop))
        first = stop


def _panel(table: Table, room: int) -> Panel:
    natural, least = _natural(table), _least(table)
    free = room - GAP * len(table.columns)
    widths = natural if sum(natural) <= free else _shared(natural, least, free, _lengths(table))
    cells = map(_longest, _texts(table))
    wraps = tuple(w < n for w, n in zip(widths, cells, strict=True))
    return Panel(table=table, widths=tuple(widths), wraps=wraps)


def _shared(
    natural: Sequence[int], least: Sequence[int], free: int, lengths: Sequence[float]
) -> list[int]:
    """Share the room that the columns leave among those that wrap, by the length of their texts."""
    widths = [*least]
    narrow = {i for i, n in enumerate(natural) if n > least[i]}
    left = free - sum(widths)
    while left > 0 and narrow:
        weight = sum(lengths[i] for i in narrow)
        for i, share in {i: max(1, int(left * lengths[i] / weight)) for i in narrow}.items():
            step = min(share, natural[i] - widths[i], left)
            widths[i] += step
            left -= step
        narrow = {i for i in narrow if widths[i] < natural[i]}
    return widths


def _texts(table: Table) -> list[list[str]]:
    """Return what stands below each other in the stub and in each column."""
    stub = [line for row in table.rows for line in (row.name, row.below)]
    cells = (
        [line for row in table.rows for line in (row.cells[i].text, row.cells[i].below)]
        for i in range(len(table.columns))
    )
    return [stub, *cells]


def _natural(table: Table) -> list[int]:
    """Return the width of each column without a break in its cells, and with heads of two lines."""
    heads = (table.stub, *table.columns)
    return [
        max(_longest(texts), _two_lines(head.head), _two_lines(head.below), group)
        for head, texts, group in zip(heads, _texts(table), _group_shares(table), strict=True)
    ]


def _group_shares(table: Table) -> list[int]:
    """Return what each column gives to the longest word of the head over its group."""
    shares = [0]
    for group, span in table.groups:
        missing = _head_word([group]) - GAP * (span - 1)
        shares += [max(0, -(-missing // span))] * span
    return shares


def _least(table: Table) -> list[int]:
    """Return the width below which no column is set: names, sentences and heads may break."""
    flexible = [True, *(c.words for c in table.columns)]
    heads = (table.stub, *table.columns)
    return [
        max(
            min(_longest(lines), max(_NARROWEST, _longest_word(lines)) if may_wrap else _ENDLESS),
            _head_word([head.head, head.below]),
            group,
        )
        for head, lines, may_wrap, group in zip(
            heads, _texts(table), flexible, _group_shares(table), strict=True
        )
    ]


def _lengths(table: Table) -> list[float]:
    """Return a weight for the width of each column: longer texts get more, not in proportion."""
    return [(1 + _longest(texts)) ** 0.7 for texts in _texts(table)]


def _two_lines(head: str) -> int:
    """Return the narrowest width in which a head has two lines at most."""
    least = max(_head_word([head]), len(head) // 2)
    return next(w for w in range(least, len(head) + 1) if len(wrapped(head, w)) <= 2)  # noqa: PLR2004


def _head_word(heads: Iterable[str]) -> int:
    return min(_WORD, _longest(word for head in heads for word in head.split(" ")))


def _longest_word(lines: Iterable[str]) -> int:
    return min(_WORD, _longest(word for line in lines for word in _WORDS.findall(line)))


def _longest(texts: Iterable[str]) -> int:
    return max(map(len, texts), default=0)


def wrapped(text: str, width: int) -> list[str]:
    """Return lines of at most so many characters; long names break after an underscore.

    Examples
    --------
    >>> wrapped("a name_of_a_column", 9)
    ['a name_', 'of_a_', 'column']
    """
    lines = [""]
    for word in _WORDS.findall(text):
        if len(lines[-1]) + len(word.rstrip(" ")) > width:
            lines.append("")
        pieces = [word[i : i + width] for i in range(0, len(word.rstrip(" ")), max(width, 1))]
        lines[-1] += pieces[0] if pieces else ""
        lines += pieces[1:]
        if word.endswith(" "):
            lines[-1] = f"{lines[-1].rstrip(' ')} "
    return [line.rstrip(" ") for line in lines if line.strip(" ")]
