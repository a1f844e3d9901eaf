"""The program's own text: tokens, and where each target statement stands.

stanc's tree carries no positions, so the n-th target statement of the tree is paired with the
n-th of the text. Imports only the errors.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.errors import ProgramError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from bayeswrap.engine.lines import LineMap

__all__ = [
    "CLOSE",
    "LINE_END",
    "OPEN",
    "Place",
    "Scan",
    "Span",
    "Token",
    "comments_after",
    "parameters_without",
    "place",
    "read_program",
    "scan",
    "tokens_of",
    "without_prints",
]

_TOKEN = re.compile(
    r"""(?P<comment>//[^\n\r]*|/\*.*?\*/)
      | (?P<include>\#include[^\n\r]*)
      | (?P<string>"[^"]*")
      | (?P<name>[A-Za-z][A-Za-z0-9_]*)
      | (?P<number>(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][+-]?\d+)?i?)
      | (?P<operator>[-+*/]=|\.[*/^]=?|\S)""",
    re.VERBOSE | re.DOTALL,
)
# as stanc counts lines
LINE_END = re.compile(r"\r\n|\r|\n")
OPEN, CLOSE = frozenset("([{"), frozenset(")]}")
_HEADED = frozenset({"for", "while", "if", "profile"})
_CALLS = ("_lp", "_jacobian")
_UNNORMALISED = ("_lupdf", "_lupmf")
_AFTER_LITERAL = frozenset({"~", "["})
_TARGET_BLOCKS = frozenset({"transformed parameters", "model"})


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the text with its place."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """One simple statement that touches ``target``: ``[start, end)`` includes its semicolon."""

    block: str
    kind: str
    """``tilde``, ``target``, ``jacobian``, ``call``, or ``gather``: an addition to a local that
    gathers terms of ``target``."""
    start: int
    end: int
    operator: int
    """Offset of the ``~`` or ``+=`` sign; -1 where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a statement stands, as stanc counts, and its text on one line."""

    line: int
    column: int
    """From 1, in bytes: stanc counts a letter with an accent as two."""
    text: str
    file: str = ""
    """Where nothing is included, empty."""
    whole_line: int = 0
    """The line in the whole text, with included files in place."""


@dataclass(frozen=True, slots=True)
class Scan:
    """What a pass over the text found."""

    spans: tuple[Span, ...]
    comments: tuple[Token, ...]
    names: frozenset[str]
    data_open: int | None
    """Offset just after ``data {``; None where the program has no data block."""
    functions_end: int
    """Offset just after the functions block; 0 where there is none."""
    hidden: tuple[Token, ...]
    """Names of functions that add to ``target`` from inside an expression."""
    model: tuple[int, int] | None
    """Offsets of the braces of the model block."""
    reads: tuple[Token, ...]
    """Places where the program reads ``target()``."""
    in_functions: tuple[Span, ...]
    """Statements that touch ``target`` inside the user's functions."""
    unnormalised: tuple[Token, ...]
    """Names of densities without their constants: ``normal_lupdf``."""

    @property
    def free_prefix(self) -> str:
        """A prefix that no name of the program begins with."""
        prefixes = itertools.chain(["bw"], (f"bw{n}" for n in itertools.count(2)))
        return next(p for p in prefixes if not any(n.startswith(f"{p}_") for n in self.names))


def read_program(path: Path) -> str:
    """Return the text of a program file; a byte order mark is dropped.

    Raises
    ------
    ProgramError
        The file is not text in UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ProgramError(
            "the Stan program is not text in UTF-8",
            where=str(path),
            got=f"byte {error.object[error.start]:#04x} at offset {error.start}",
            do="save the file as UTF-8",
        ) from error


def tokens_of(source: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a text, comments included."""
    stop = len(source) if end is None else end
    return [
        Token(str(m.lastgroup), m[0], m.start(), m.end())
        for m in _TOKEN.finditer(source, start, stop)
    ]


def scan(source: str, gathered: frozenset[str] = frozenset()) -> Scan:
    """Find the target statements of a program that stanc accepts.

    Parameters
    ----------
    source : str
        Program text, includes expanded.
    gathered : frozenset of str
        Locals that gather terms of ``target``: additions to them are found in their place.
    """
    everything = tokens_of(source)
    tokens = [t for t in everything if t.kind != "comment"]
    spans: list[Span] = []
    adders: list[Token] = []
    inside: list[Span] = []
    data_open, functions_end, model, i = None, 0, None, 0
    while i < len(tokens):
        block, i = _block_name(tokens, i)
        close = _skip_group(tokens, i)
        if block == "data":
            data_open = tokens[i].end
        elif block == "functions":
            functions_end = tokens[close - 1].end
            inside = _in_bodies(tokens, i + 1, close - 1)
        elif block in _TARGET_BLOCKS:
            spans += _Statements(tokens, block, gathered).read(i)
            model = (tokens[i].start, tokens[close - 1].end) if block == "model" else None
            adders += _adders(tokens[i:close])
        i = close
    starts = {span.start for span in spans}
    return Scan(
        spans=tuple(spans),
        comments=tuple(t for t in everything if t.kind == "comment"),
        names=frozenset(t.text for t in tokens if t.kind == "name"),
        data_open=data_open,
        functions_end=functions_end,
        hidden=tuple(t for t in adders if t.start not in starts),
        model=model,
        in_functions=tuple(inside),
        unnormalised=tuple(t for t in tokens if t.text.endswith(_UNNORMALISED)),
        reads=tuple(t for t in _before_bracket(tokens, "target") if t.text == "target"),
    )


def _in_bodies(tokens: Sequence[Token], i: int, close: int) -> list[Span]:
    """Return the target statements in the bodies of functions."""
    spans: list[Span] = []
    while i < close:
        if tokens[i].text == "{":
            spans += _Statements(tokens, "functions", frozenset()).read(i)
            i = _skip_group(tokens, i)
        else:
            i += 1
    return spans


def _adders(tokens: Sequence[Token]) -> list[Token]:
    return _before_bracket(tokens, "_lp")


def _before_bracket(tokens: Sequence[Token], ending: str) -> list[Token]:
    return [
        token
        for token, following in itertools.pairwise(tokens)
        if token.kind == "name" and token.text.endswith(ending) and following.text == "("
    ]


def place(source: str, start: int, end: int | None = None, lines: LineMap | None = None) -> Place:
    """Return where a piece of the text stands, in the user's own files."""
    ends = list(LINE_END.finditer(source, 0, start))
    line_start, whole_line = (ends[-1].end() if ends else 0), len(ends) + 1
    file, line = lines.at(whole_line) if lines else ("", whole_line)
    return Place(
        line=line,
        column=len(source[line_start:start].encode()) + 1,
        text=" ".join(source[start:end].split()),
        file=file,
        whole_line=whole_line,
    )


def _block_name(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """Return the block's name and the index of its opening brace."""
    words = []
    while i < len(tokens) and tokens[i].text != "{":
        words.append(tokens[i].text)
        i += 1
    return " ".join(words), i


def _skip_group(tokens: Sequence[Token], i: int) -> int:
    """Return the index after the bracket that closes the one at `i`."""
    depth = 0
    while i < len(tokens):
        depth += (tokens[i].text in OPEN) - (tokens[i].text in CLOSE)
        i += 1
        if depth == 0:
            break
    return i


@dataclass(frozen=True, slots=True)
class _Statements:
    """A walk over the statements of one block."""

    tokens: Sequence[Token]
    block: str
    gathered: frozenset[str]

    def read(self, i: int) -> list[Span]:
        """Return the target statements within the statement that begins at a token."""
        return [span for span in self._statement(i)[0] if span]

    def _statement(self, i: int) -> tuple[list[Span | None], int]:
        token = self.tokens[i]
        if token.text == "{" and not self._is_literal(i):
            return self._group(i)
        if token.text in _HEADED and self.tokens[i + 1].text == "(":
            return self._headed(i)
        return self._simple(i)

    def _is_literal(self, i: int) -> bool:
        """Tell ``{a, b} ~ ...`` from a block."""
        after = _skip_group(self.tokens, i)
        follows = self.tokens[min(after, len(self.tokens) - 1)].text in _AFTER_LITERAL
        return follows and after > i + 2 and all(t.text != ";" for t in self.tokens[i:after])

    def _group(self, i: int) -> tuple[list[Span | None], int]:
        found: list[Span | None] = []
        i += 1
        while self.tokens[i].text != "}":
            spans, i = self._statement(i)
            found += spans
        return found, i + 1

    def _headed(self, i: int) -> tuple[list[Span | None], int]:
        """Read a loop or branch: its header may hold braces of array literals."""
        found, end = self._statement(_skip_group(self.tokens, i + 1))
        has_else = end < len(self.tokens) and self.tokens[end].text == "else"
        if self.tokens[i].text == "if" and has_else:
            other, end = self._statement(end + 1)
            found = found + other
        return found, end

    def _simple(self, i: int) -> tuple[list[Span | None], int]:
        depth, end, at = 0, i, -1
        while not (depth == 0 and self.tokens[end].text == ";"):
            text = self.tokens[end].text
            depth += (text in OPEN) - (text in CLOSE)
            if depth == 0 and at < 0 and text in {"~", "+="}:
                at = end
            end += 1
        return [self._span(i, end, at)], end + 1

    def _span(self, i: int, end: int, at: int) -> Span | None:
        """Return the statement of tokens i to end, whose operator is the token `at`."""
        first = self.tokens[i].text
        sign = self.tokens[at].text if at >= 0 else ""
        if sign == "~":
            kind = "tilde"
        elif sign == "+=":
            kind = self._addition(first, self.tokens[at + 1 : end])
        else:
            kind = "call" if first.endswith(_CALLS) and self.tokens[i + 1].text == "(" else ""
        if not kind:
            return None
        operator = self.tokens[at].start if at >= 0 else -1
        return Span(self.block, kind, self.tokens[i].start, self.tokens[end].end, operator)

    def _addition(self, first: str, added: Sequence[Token]) -> str:
        if first in self.gathered and self.block == "model":
            return "gather"
        if first == "target" and _gathering(added) in self.gathered:
            # what the local gathered is found where it was added
            return ""
        return first if first in {"target", "jacobian"} else ""


def _gathering(added: Sequence[Token]) -> str:
    """Return ``lp`` of ``lp`` and of ``sum(lp)``."""
    words = [t.text for t in added]
    if len(words) == 1:
        return words[0]
    return words[2] if words[:2] == ["sum", "("] and len(words) == 4 else ""  # noqa: PLR2004


def comments_after(found: Scan, source: str, span: Span) -> Iterator[str]:
    """Yield the comments that follow a statement on the line where it ends."""
    line_end = source.find("\n", span.end)
    limit, end = len(source) if line_end < 0 else line_end, span.end
    for comment in found.comments:
        if end <= comment.start < limit and not source[end : comment.start].strip(" \t}"):
            yield comment.text.strip("/* \t\r\n.")
            end = comment.end


def without_prints(source: str) -> str:
    """Return a program that prints nothing; its lines keep their numbers.

    Examples
    --------
    >>> without_prints('model { if (1) print("here; ", 2); }')
    'model { if (1) { } }'
    """
    tokens = [t for t in tokens_of(source) if t.kind != "comment"]
    pieces, end = [], 0
    for i, token in enumerate(tokens[:-1]):
        if token.text == "print" and token.kind == "name" and tokens[i + 1].text == "(":
            stop = tokens[_skip_group(tokens, i + 1)].end
            lines = "\n" * len(LINE_END.findall(source, token.start, stop))
            pieces += [source[end : token.start], "{ }", lines]
            end = stop
    return "".join([*pieces, source[end:]])


def parameters_without(source: str, names: Collection[str]) -> str:
    """Return the program up to its parameters block, without the declarations of some names.

    Parameters
    ----------
    source : str
        A program that stanc accepts.
    names : collection of str
        Parameters to leave out.

    Examples
    --------
    >>> parameters_without("parameters { real a, b; vector[2] c; } model { c ~ normal(a, 1); }",
    ...                    ["b", "c"])
    'parameters {real a;} model {}'
    """
    tokens = [Token(str(m.lastgroup), m[0], m.start(), m.end()) for m in _TOKEN.finditer(source)]
    tokens = [t for t in tokens if t.kind != "comment"]
    i, block = 0, ""
    while block != "parameters":
        block, i = _block_name(tokens, i)
        start, end = i + 1, _skip_group(tokens, i)
        i = end
    inside, kept = tokens[start : end - 1], []
    while inside:
        stop = next(k for k, t in enumerate(inside) if t.text == ";")
        kept.append(_declaration_without(source, inside[:stop], names))
        inside = inside[stop + 1 :]
    return source[: tokens[start - 1].end] + "".join(kept) + "} model {}"


def _declaration_without(source: str, tokens: Sequence[Token], names: Collection[str]) -> str:
    """Return the text of one declaration, ``real a, b``, without some of what it declares."""
    first = len(tokens) - 1
    while tokens[first - 1].text == ",":
        first -= 2
    declared = [t.text for t in tokens[first::2] if t.text not in names]
    head = source[tokens[0].start : tokens[first].start]
    return f"{head}{', '.join(declared)};" if declared else ""
