"""The program's own text: tokens, and where each target statement stands.

stanc's tree carries no positions, so the n-th target statement of the tree is paired with the n-th
of the text.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bayeswrap.program.syntax.tokens import CLOSE, OPEN, block_opening, matching, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bayeswrap.program.syntax.tokens import Token

__all__ = [
    "Scan",
    "Span",
    "comments_after",
    "scan",
]

_HEADED = frozenset({"for", "while", "if", "profile"})
_CALLS = ("_lp", "_jacobian")
_UNNORMALISED = ("_lupdf", "_lupmf")
_AFTER_LITERAL = frozenset({"~", "["})
_TARGET_BLOCKS = frozenset({"transformed parameters", "model"})


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


@dataclass(frozen=True, slots=True)
class Scan:
    """The target statements of a text, and the places that rewriting needs."""

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


def scan(source: str, gathered: frozenset[str] = frozenset()) -> Scan:
    """Find the target statements of a program that stanc accepts.

    Parameters
    ----------
    source : str
        Program text, includes expanded.
    gathered : frozenset of str
        Locals that gather terms of ``target``: additions to them count in their place.
    """
    everything = tokens_of(source)
    tokens = [t for t in everything if t.kind != "comment"]
    spans: list[Span] = []
    adders: list[Token] = []
    inside: list[Span] = []
    data_open, functions_end, model, i = None, 0, None, 0
    while i < len(tokens):
        block, i = block_opening(tokens, i)
        close = matching(tokens, i)
        if block == "data":
            data_open = tokens[i].end
        elif block == "functions":
            functions_end = tokens[close].end
            inside = _in_bodies(tokens, i + 1, close)
        elif block in _TARGET_BLOCKS:
            spans += _Statements(tokens, block, gathered).read(i)
            model = (tokens[i].start, tokens[close].end) if block == "model" else None
            adders += _before_bracket(tokens[i : close + 1], "_lp")
        i = close + 1
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
            i = matching(tokens, i) + 1
        else:
            i += 1
    return spans


def _before_bracket(tokens: Sequence[Token], ending: str) -> list[Token]:
    return [
        token
        for token, following in itertools.pairwise(tokens)
        if token.kind == "name" and token.text.endswith(ending) and following.text == "("
    ]


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
        """Return whether a brace opens ``{a, b} ~ ...``, not a block."""
        after = matching(self.tokens, i) + 1
        follows = self.tokens[min(after, len(self.tokens) - 1)].text in _AFTER_LITERAL
        return follows and after > i + 2 and all(t.text != ";" for t in self.tokens[i:after])

    def _group(self, i: int) -> tuple[list[Span | None], int]:
        spans: list[Span | None] = []
        i += 1
        while self.tokens[i].text != "}":
            inner, i = self._statement(i)
            spans += inner
        return spans, i + 1

    def _headed(self, i: int) -> tuple[list[Span | None], int]:
        """Read a loop or branch: its header may hold braces of array literals."""
        spans, end = self._statement(matching(self.tokens, i + 1) + 1)
        has_else = end < len(self.tokens) and self.tokens[end].text == "else"
        if self.tokens[i].text == "if" and has_else:
            other, end = self._statement(end + 1)
            spans = spans + other
        return spans, end

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
            # what the local gathers counts where it is added
            return ""
        return first if first in {"target", "jacobian"} else ""


def _gathering(added: Sequence[Token]) -> str:
    """Return ``lp`` of ``lp`` and of ``sum(lp)``."""
    words = [t.text for t in added]
    if len(words) == 1:
        return words[0]
    return words[2] if words[:2] == ["sum", "("] and len(words) == 4 else ""  # noqa: PLR2004


def comments_after(scanned: Scan, source: str, span: Span) -> Iterator[str]:
    """Yield the comments that follow a statement on the line where it ends."""
    line_end = source.find("\n", span.end)
    limit, end = len(source) if line_end < 0 else line_end, span.end
    for comment in scanned.comments:
        if end <= comment.start < limit and not source[end : comment.start].strip(" \t}"):
            yield comment.text.strip("/* \t\r\n.")
            end = comment.end
