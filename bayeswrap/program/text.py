"""The program's own text: includes, tokens, and where each target statement stands.

stanc's tree carries no positions, so the n-th target statement of the tree is paired with the
n-th of the text. Imports only the errors.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.errors import ProgramError, ProgramNotFoundError, ProgramSyntaxError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

__all__ = [
    "Place",
    "Scan",
    "Span",
    "Token",
    "comments_after",
    "expand_includes",
    "parameters_without",
    "place",
    "read_program",
    "scan",
]

_INCLUDE = re.compile(r'#include[ \t]+(?:"([^"\n]+)"|<([^>\n]+)>|(\S+))')
_TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<include>\#include[^\n]*)
      | (?P<string>"[^"]*")
      | (?P<name>[A-Za-z][A-Za-z0-9_]*)
      | (?P<number>(?:\d[\d_]*)?\.?\d[\d_]*\.?(?:[eE][+-]?\d+)?i?)
      | (?P<operator>[-+*/]=|\.[*/^]=?|\S)""",
    re.VERBOSE | re.DOTALL,
)
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")
_HEADED = frozenset({"for", "while", "if", "profile"})
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
    """``tilde``, ``target``, ``jacobian`` or ``call``."""
    start: int
    end: int
    tilde: int
    """Offset of the ``~`` sign; -1 where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a statement stands, as stanc counts, and its text on one line."""

    line: int
    column: int
    """From 1, in bytes: stanc counts a letter with an accent as two."""
    text: str


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


def expand_includes(source: str, folders: Sequence[Path], name: str, depth: int = 0) -> str:
    """Put the text of included files in the place of their ``#include`` lines.

    Parameters
    ----------
    source : str
        Program text.
    folders : sequence of Path
        Searched in order.
    name : str
        File name for messages.

    Raises
    ------
    ProgramNotFoundError
        An included file stands in none of the folders.
    """
    if depth > 20:  # noqa: PLR2004 - deeper nesting is a cycle
        raise ProgramSyntaxError(
            "#include files include each other",
            where=name,
            do="take one of the #include lines out",
        )
    text, end = [], 0
    for token in _TOKEN.finditer(source):
        match = _INCLUDE.match(token[0]) if token.lastgroup == "include" else None
        if match:
            path = next(filter(None, match.groups()))
            text += [source[end : token.start()], _included(path, folders, name, depth)]
            end = token.start() + match.end()
    return "".join([*text, source[end:]])


def _included(wanted: str, folders: Sequence[Path], name: str, depth: int) -> str:
    for folder in folders:
        path = folder / wanted
        if path.is_file():
            return expand_includes(read_program(path), folders, wanted, depth + 1).rstrip("\n")
    raise ProgramNotFoundError(
        f"included file {wanted!r} does not exist",
        where=name,
        expected="in one of: " + ", ".join(str(f) for f in folders),
        do="put it beside the program, or pass include_paths=",
    )


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


def scan(source: str) -> Scan:
    """Find the target statements of a program that stanc accepts."""
    everything = [
        Token(str(m.lastgroup), m[0], m.start(), m.end()) for m in _TOKEN.finditer(source)
    ]
    tokens = [t for t in everything if t.kind != "comment"]
    spans: list[Span] = []
    adders: list[Token] = []
    data_open, functions_end, i = None, 0, 0
    while i < len(tokens):
        block, i = _block_name(tokens, i)
        close = _skip_group(tokens, i)
        if block == "data":
            data_open = tokens[i].end
        elif block == "functions":
            functions_end = tokens[close - 1].end
        elif block in _TARGET_BLOCKS:
            spans += _Statements(tokens, block).read(i)
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
    )


def _adders(tokens: Sequence[Token]) -> list[Token]:
    return [
        token
        for token, following in itertools.pairwise(tokens)
        if token.kind == "name" and token.text.endswith("_lp") and following.text == "("
    ]


def place(source: str, start: int, end: int | None = None) -> Place:
    """Return where a piece of the text stands."""
    line_start = source.rfind("\n", 0, start) + 1
    return Place(
        line=source.count("\n", 0, start) + 1,
        column=len(source[line_start:start].encode()) + 1,
        text=" ".join(source[start:end].split()),
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
        depth += (tokens[i].text in _OPEN) - (tokens[i].text in _CLOSE)
        i += 1
        if depth == 0:
            break
    return i


@dataclass(frozen=True, slots=True)
class _Statements:
    """A walk over the statements of one block."""

    tokens: Sequence[Token]
    block: str

    def read(self, i: int) -> list[Span]:
        return [span for span in self._statement(i)[0] if span]

    def _statement(self, i: int) -> tuple[list[Span | None], int]:
        token = self.tokens[i]
        if token.text == "{":
            return self._group(i)
        if token.text in _HEADED and self.tokens[i + 1].text == "(":
            return self._headed(i)
        return self._simple(i)

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
        depth, end, tilde = 0, i, -1
        while not (depth == 0 and self.tokens[end].text == ";"):
            text = self.tokens[end].text
            depth += (text in _OPEN) - (text in _CLOSE)
            if text == "~" and depth == 0:
                tilde = self.tokens[end].start
            end += 1
        return [self._span(i, end, tilde)], end + 1

    def _span(self, i: int, end: int, tilde: int) -> Span | None:
        first, following = self.tokens[i], self.tokens[min(i + 1, end)].text
        if tilde >= 0:
            kind = "tilde"
        elif first.text in {"target", "jacobian"} and following == "+=":
            kind = first.text
        elif first.text.endswith("_lp") and following == "(":
            kind = "call"
        else:
            return None
        return Span(self.block, kind, first.start, self.tokens[end].end, tilde)


def comments_after(found: Scan, source: str, span: Span) -> Iterator[str]:
    """Yield the comments that follow a statement on the line where it ends."""
    line_end = source.find("\n", span.end)
    limit, end = len(source) if line_end < 0 else line_end, span.end
    for comment in found.comments:
        if end <= comment.start < limit and not source[end : comment.start].strip(" \t}"):
            yield comment.text.strip("/* \t\r\n.")
            end = comment.end


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
