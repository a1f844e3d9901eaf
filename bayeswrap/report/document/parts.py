"""What a report is made of: frozen values without any markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Cell",
    "CodeLine",
    "Column",
    "Fact",
    "Picture",
    "Report",
    "Row",
    "Section",
    "Table",
]


@dataclass(frozen=True, slots=True)
class Cell:
    """One entry of a table.

    Attributes
    ----------
    text : str
        What is shown first.
    below : str
        What is shown under it: a spread, say.
    tone : str
        ``"good"``, ``"bad"``, ``"open"`` or nothing.
    hint : str
        Why there is no number.
    """

    text: str
    below: str = ""
    tone: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """Head of a column.

    Attributes
    ----------
    head, below : str
        Its name, and what stands under the value.
    group : str
        The columns under one head.
    meaning, title : str
        For the legend: what it is, in words; its full name, where the head is short.
    words : bool
        Whether it holds sentences, not numbers.
    """

    head: str
    below: str = ""
    group: str = ""
    meaning: str = ""
    title: str = ""
    words: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table.

    Attributes
    ----------
    name : str
        Its head.
    cells : tuple of Cell
        One a column.
    tone, below : str
        The word under its head, and how that is meant.
    """

    name: str
    cells: tuple[Cell, ...]
    tone: str = ""
    below: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns, with a caption and notes."""

    key: str
    caption: str
    stub: Column
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[tuple[str, int], ...]:
        """Heads over neighbouring columns, with the number of columns under each."""
        spans: list[tuple[str, int]] = []
        for column in self.columns:
            if spans and spans[-1][0] == column.group:
                spans[-1] = (column.group, spans[-1][1] + 1)
            else:
                spans.append((column.group, 1))
        return tuple(spans)

    @property
    def legend(self) -> tuple[tuple[str, str], ...]:
        """What the columns mean, each meaning once under all its heads."""
        heads: dict[str, list[str]] = {}
        for column in (self.stub, *self.columns):
            if column.meaning:
                heads.setdefault(column.meaning, []).append(column.title or column.head)
        return tuple((" and ".join(names), meaning) for meaning, names in heads.items())

    @property
    def starts(self) -> tuple[bool, ...]:
        """Whether each column is the first of its group."""
        pairs = zip(("\0", *(c.group for c in self.columns)), self.columns, strict=False)
        return tuple(before != column.group for before, column in pairs)


@dataclass(frozen=True, slots=True)
class Fact:
    """A name and a text about it."""

    name: str
    text: str
    code: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A figure as SVG, with its words for those who cannot see it."""

    svg: str
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A line of the program; `role` and `why` where a target statement stands on it.

    Where terms of several roles begin on it, `role` names them all: ``prior + likelihood``.
    """

    number: int
    text: str
    role: str = ""
    why: str = ""
    first: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A part of the report under one heading.

    Attributes
    ----------
    key, title : str
        Its anchor and its heading.
    text : tuple of str
        Paragraphs.
    tables, facts, pictures, code
        What it shows, in this order.
    folded : bool
        Whether it opens at a click.
    """

    key: str
    title: str
    text: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    facts: tuple[Fact, ...] = ()
    pictures: tuple[Picture, ...] = ()
    code: tuple[CodeLine, ...] = ()
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report, ready for a renderer.

    Attributes
    ----------
    title : str
        Program and what is reported.
    about : tuple of Fact
        Date, engine, size of the data.
    word, tone : str
        The verdict in two or three words, and ``"good"``, ``"bad"`` or ``"open"``.
    summary : str
        The verdict in sentences.
    advice : tuple of str
        What failed, and what to do about it.
    sections : tuple of Section
        In the order of the page.
    facts : mapping
        Everything as numbers and text: what the JSON file holds.
    """

    title: str
    about: tuple[Fact, ...]
    word: str
    tone: str
    summary: str
    advice: tuple[str, ...]
    sections: tuple[Section, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)
