"""What the table of a paper is made of: frozen values, without any markup."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

__all__ = [
    "Entry",
    "Footnotes",
    "Line",
    "PaperTable",
    "one_line",
    "raised",
]


_LETTERS = "abcdefghijklmnoprstuvwxyz"  # all that have a raised form in Unicode
_RAISED = str.maketrans(_LETTERS, "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")
_BREAKS = re.compile(r"[ \t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A text with the letters of its footnotes."""

    text: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: a label, empty where the line above goes on, and an entry a column."""

    label: Entry
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperTable:
    """A table that a renderer writes in one format.

    Attributes
    ----------
    caption : str
        Title; may be empty.
    spans : tuple of (str, int)
        Heads over neighbouring columns, with the number of columns under each; may be empty.
    heads : tuple of str
        One a column; that of the labels is empty.
    body, statistics : tuple of Line
        Estimates, and what stands below the rule.
    footnotes : tuple of (str, str)
        Letters with what they mean.
    notes : tuple of str
        Sentences below the table.
    latex_label : str
        What LaTeX refers to it by; may be empty.
    centred : bool
        Whether columns are centred, as estimates over their spread are; else flush right.
    """

    caption: str
    spans: tuple[tuple[str, int], ...]
    heads: tuple[str, ...]
    body: tuple[Line, ...]
    statistics: tuple[Line, ...]
    footnotes: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()
    latex_label: str = ""
    centred: bool = True

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines below the heads."""
        return (*self.body, *self.statistics)

    @property
    def depths(self) -> tuple[int, ...]:
        """By line: how many lines its label is for, 0 where it goes on with the one above."""
        starts = [i for i, line in enumerate(self.lines) if line.label.text]
        ends = [*starts[1:], len(self.lines)]
        depth = dict(
            zip(starts, (end - i for i, end in zip(starts, ends, strict=True)), strict=True)
        )
        return tuple(depth.get(i, 0) for i in range(len(self.lines)))

    @property
    def flat_heads(self) -> tuple[str, ...]:
        """Heads in one row, for formats without heads over several columns."""
        over = [span for span, width in self.spans for _ in range(width)]
        if not over:
            return self.heads
        pairs = zip(over, self.heads[1:], strict=True)
        return ("", *(f"{span}: {head}" if span else head for span, head in pairs))

    @property
    def remarks(self) -> tuple[tuple[str, str], ...]:
        """What stands below the table, in order: a letter, or nothing, and a sentence."""
        return (*self.footnotes, *(("", note) for note in self.notes))


class Footnotes:
    """The footnotes of a table, lettered in the order in which they are first asked for."""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def marks(self, *texts: str) -> tuple[str, ...]:
        """Return the letters of some texts."""
        return tuple(sorted({self._mark(text) for text in texts if text}))

    def _mark(self, text: str) -> str:
        count = len(self._letters)
        double, single = divmod(count, len(_LETTERS))
        letter = _LETTERS[single] * (double + 1)
        return self._letters.setdefault(text, letter)

    def listed(self) -> tuple[tuple[str, str], ...]:
        """Return letters with their texts."""
        return tuple((letter, text) for text, letter in self._letters.items())


def one_line(text: str) -> str:
    r"""Return text without line breaks and without signs that nobody sees.

    Signs that change the direction of what follows are left out as well: in a name they would
    turn the numbers beside it.

    Examples
    --------
    >>> one_line("dose\n(mg)\x00"), one_line("a\u202eb")
    ('dose (mg)', 'ab')
    """
    spaced = _BREAKS.sub(" ", text).strip()
    return "".join(c for c in spaced if unicodedata.category(c) not in _INVISIBLE and _is_text(c))


def _is_text(character: str) -> bool:
    """Return whether XML can hold a character."""
    return ord(character) & 0xFFFE != 0xFFFE  # noqa: PLR2004 - the last two of each plane


def raised(marks: tuple[str, ...]) -> str:
    r"""Return the letters of footnotes as raised signs, for formats without superscripts.

    Examples
    --------
    >>> raised(("a", "b"))
    'ᵃ\u202fᵇ'
    """
    return "\N{NARROW NO-BREAK SPACE}".join(m.translate(_RAISED) for m in marks)
