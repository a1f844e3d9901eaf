"""What a report is made of: frozen values without any markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = [
    "Badge",
    "Cell",
    "CodeLine",
    "Column",
    "Fact",
    "Interval",
    "Picture",
    "Report",
    "Row",
    "Section",
    "Strip",
    "Table",
]


@dataclass(frozen=True, slots=True)
class Interval:
    """A value with its interval on a strip; `kind` decides marker and colour."""

    kind: str
    value: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Strip:
    """One row of a forest plot, which a renderer may draw in the row of the table.

    Attributes
    ----------
    low, high : float
        Ends of the scale.
    marks : tuple of Interval
        Estimates of one quantity, below each other.
    elements : tuple of Interval
        Estimates of the elements of a vector in ascending order: a caterpillar plot.
    words : str
        What it shows, for those who cannot see it.
    decimals : int
        With how many the values are written where nothing is drawn.
    """

    low: float
    high: float
    marks: tuple[Interval, ...] = ()
    elements: tuple[Interval, ...] = ()
    words: str = ""
    decimals: int = 3


@dataclass(frozen=True, slots=True)
class Badge:
    """The state of one part of the evidence in a few words, with its tone."""

    name: str
    word: str
    tone: str


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
    strip : Strip, optional
        What is drawn in place of a text.
    """

    text: str
    below: str = ""
    tone: str = ""
    hint: str = ""
    strip: Strip | None = None


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
    link : str
        Key of the section with the elements that the row sums up.
    """

    name: str
    cells: tuple[Cell, ...]
    tone: str = ""
    below: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows under columns, with a caption and notes."""

    key: str
    caption: str
    stub: Column
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    """Kinds of estimates on the strips, with their names: a key."""

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
    """A figure, written when a renderer asks for it.

    Attributes
    ----------
    image : callable
        Returns the file for ``"svg"``, ``"png"`` or ``"pdf"``.
    alt : str
        Its words, for those who cannot see it.
    caption : str
        What stands below it.
    """

    image: Callable[[Literal["svg", "png", "pdf"]], bytes]
    alt: str
    caption: str

    @property
    def svg(self) -> str:
        """The figure as the text of an SVG file."""
        return self.image("svg").decode()


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
    parts : tuple of Section
        Sections inside it, after all else.
    folded : bool
        Whether it opens at a click.
    doubtful : str
        Why nothing in it can be relied on; empty where it can.
    """

    key: str
    title: str
    text: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    facts: tuple[Fact, ...] = ()
    pictures: tuple[Picture, ...] = ()
    code: tuple[CodeLine, ...] = ()
    parts: tuple[Section, ...] = ()
    folded: bool = False
    doubtful: str = ""

    def walk(self) -> Iterator[Section]:
        """Yield this section and all inside it."""
        yield self
        for part in self.parts:
            yield from part.walk()


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
        What to report, in one sentence, and ``"good"``, ``"bad"`` or ``"open"``.
    action : str
        What to do next, in one sentence.
    badges : tuple of Badge
        Sampler, optimum and prior.
    summary : str
        The verdict in sentences.
    sections : tuple of Section
        In the order of the page.
    facts : mapping
        Everything as numbers and text: what the JSON file holds.
    """

    title: str
    about: tuple[Fact, ...]
    word: str
    tone: str
    action: str
    badges: tuple[Badge, ...]
    summary: str
    sections: tuple[Section, ...]
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def every_section(self) -> tuple[Section, ...]:
        """All sections with those inside them, in the order of the page."""
        return tuple(one for section in self.sections for one in section.walk())

    @property
    def glossary(self) -> tuple[tuple[str, str], ...]:
        """The meaning of every column of every table, each once, in the order of the page."""
        heads: dict[str, dict[str, None]] = {}
        for section in self.every_section:
            for table in section.tables:
                for column in (table.stub, *table.columns):
                    if column.meaning:
                        name = column.title or column.head
                        heads.setdefault(column.meaning, {}).setdefault(name)
        return tuple((" and ".join(names), meaning) for meaning, names in heads.items())
