"""The text of a program under revision: each token may get another text, lines stay."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bayeswrap.program.syntax.tokens import CLOSE, LINE_END, OPEN, Token, block_opening, code_tokens

__all__ = [
    "TYPES",
    "Change",
    "Draft",
    "Leftover",
]


_BLANKS = re.compile(r"[ \t]*")
_BLOCKS = frozenset({"else", "data", "parameters", "model", "functions", "quantities"})
_FIRST = frozenset({"functions", "data", "transformed", "parameters", "model", "generated"})
_HEADED = frozenset({"for", "while", "if", "profile"})
TYPES = frozenset(
    {
        *("int", "real", "vector", "row_vector", "matrix", "simplex", "unit_vector", "ordered"),
        *("positive_ordered", "cov_matrix", "corr_matrix", "cholesky_factor_corr"),
        *("cholesky_factor_cov", "complex", "complex_vector", "complex_row_vector"),
        *("complex_matrix", "sum_to_zero_vector", "sum_to_zero_matrix"),
        *("row_stochastic_matrix", "column_stochastic_matrix"),
    }
)


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A line of the program that was rewritten, and which old syntax stood there."""

    line: int
    kind: str


@dataclass(frozen=True, slots=True, order=True)
class Leftover:
    """A line that asks for a decision of the user, and why."""

    line: int
    text: str
    why: str


@dataclass(slots=True)
class Draft:
    """Code tokens with the text that each is to have; comments stand in the gaps."""

    source: str
    tokens: list[Token] = field(init=False)
    texts: list[str] = field(init=False)
    gaps: list[str] = field(init=False)
    """What stands before each token."""
    changes: set[Change] = field(default_factory=set)
    leftovers: set[Leftover] = field(default_factory=set)
    _lines: list[int] = field(init=False)
    _closing: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.tokens = code_tokens(self.source)
        self.texts = [t.text for t in self.tokens]
        ends = [0, *(t.end for t in self.tokens)]
        starts = (t.start for t in self.tokens)
        self.gaps = [self.source[e:s] for e, s in zip(ends, starts, strict=False)]
        self._closing = _closing_brackets(self.tokens)
        self._lines, line = [], 1
        for gap, text in zip(self.gaps, self.texts, strict=True):
            line += len(LINE_END.findall(gap))
            self._lines.append(line)
            line += len(LINE_END.findall(text))

    def word(self, i: int) -> str:
        """Return the original text of a token; nothing beyond either end."""
        return self.tokens[i].text if 0 <= i < len(self.tokens) else ""

    def is_name(self, i: int) -> bool:
        """Whether a token is a name."""
        return 0 <= i < len(self.tokens) and self.tokens[i].kind == "name"

    def close(self, i: int) -> int:
        """Return the position of the bracket that closes the one at `i`."""
        return self._closing[i]

    def line(self, i: int) -> int:
        """Return the line of a token."""
        return self._lines[i]

    def note(self, i: int, kind: str) -> None:
        """Record that old syntax of some kind was rewritten at a token."""
        self.changes.add(Change(self.line(i), kind))

    def leave(self, i: int, why: str) -> None:
        """Record that a line asks for a decision of the user."""
        text = LINE_END.split(self.source)[self.line(i) - 1].strip()
        self.leftovers.add(Leftover(self.line(i), text, why))

    def is_assignment(self, i: int) -> bool:
        """Whether an arrow ``<-`` stands at `i`: two tokens without a gap."""
        return self.word(i) == "<" and self.word(i + 1) == "-" and not self.gaps[i + 1]

    def assign(self, i: int) -> None:
        """Write ``=`` for the arrow at `i`."""
        self.texts[i], self.texts[i + 1] = "=", ""
        self.note(i, "<-")

    def drop(self, i: int) -> None:
        """Take a token away, with the blanks before it."""
        self.texts[i] = ""
        if _BLANKS.fullmatch(self.gaps[i]):
            self.gaps[i] = ""

    def commas(self, opening: int) -> list[int]:
        """Return the commas between the arguments of a call or of sizes."""
        found, i, end = list[int](), opening + 1, self.close(opening)
        while i < end:
            if self.word(i) == ",":
                found.append(i)
            i = self.close(i) + 1
        return found

    def take(self, start: int, end: int) -> str:
        """Return the new text of a range on one line, and leave its comments alone in its place."""
        text = self.one_line(start, end)
        for i in range(start, end):
            self.drop(i)
        return text

    def one_line(self, start: int, end: int) -> str:
        """Return the new text of a range of tokens on one line, without comments."""
        units = list[str]()
        for i in range(start, end):
            units += [" " if self.gaps[i] and i > start else "", self.texts[i]]
        return "".join(units).strip()

    def groups(self, i: int) -> int:
        """Return the position after the square brackets that begin at `i`."""
        while self.word(i) == "[":
            i = self.close(i) + 1
        return i

    @property
    def is_fragment(self) -> bool:
        """Whether the text holds functions alone, to be included in a block."""
        return bool(self.tokens) and self.word(0) not in _FIRST

    def statements(self) -> list[int]:
        """Return the positions at which statements begin, declarations included."""
        starts, blocks = list[int](), list[bool]()
        headers = {
            self.close(i + 1)
            for i in range(len(self.tokens) - 1)
            if self.word(i) in _HEADED and self.word(i + 1) == "("
        }
        fresh = fragment = self.is_fragment
        for i, token in enumerate(self.tokens):
            in_block = blocks[-1] if blocks else fragment
            if fresh and in_block and token.text not in "{}":
                starts.append(i)
            before = self.word(i - 1)
            if token.text in {"(", "[", "{"}:
                opens = not before or before in {")", ";", "}"} or before in _BLOCKS
                inherits = before == "{" and in_block
                blocks.append(token.text == "{" and (opens or inherits))
                fresh = blocks[-1]
            elif token.text in {")", "]", "}"}:
                block = blocks.pop() if blocks else False
                fresh = i in headers or (block and token.text == "}")
            else:
                fresh = token.text in {";", "else"}
        return starts

    def data_block(self) -> range:
        """Return the positions of the data block."""
        i = 0
        while i < len(self.tokens):
            block, opening = block_opening(self.tokens, i)
            i = self.close(opening) + 1 if opening < len(self.tokens) else opening
            if block == "data":
                return range(opening, i)
        return range(0)

    def text(self) -> str:
        """Return the program as it stands now."""
        end = self.tokens[-1].end if self.tokens else 0
        pairs = zip(self.gaps, self.texts, strict=True)
        return "".join(gap + text for gap, text in pairs) + self.source[end:]


def _closing_brackets(tokens: list[Token]) -> list[int]:
    """Return for each token the bracket that closes it; other tokens close themselves."""
    closing, opened = list(range(len(tokens))), list[int]()
    for i, token in enumerate(tokens):
        if token.text in OPEN:
            opened.append(i)
        elif token.text in CLOSE and opened:
            closing[opened.pop()] = i
    for i in opened:  # nothing closes them
        closing[i] = len(tokens) - 1
    return closing
