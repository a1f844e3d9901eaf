"""Tokens of Stan's language, and the brackets that match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = [
    "CLOSE",
    "LINE_END",
    "OPEN",
    "Token",
    "block_opening",
    "code_tokens",
    "matching",
    "outermost",
    "split_arguments",
    "split_call",
    "tokens_of",
    "without_brackets",
]


_TOKEN = re.compile(
    r"""(?P<comment>//[^\n\r]*|\#(?!include\b)[^\n\r]*|/\*.*?\*/)
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


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the text with its place."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(source: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a text, comments included; those of old programs begin with ``#``."""
    stop = len(source) if end is None else end
    return [
        Token(str(m.lastgroup), m[0], m.start(), m.end())
        for m in _TOKEN.finditer(source, start, stop)
    ]


def code_tokens(source: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a text without its comments."""
    return [t for t in tokens_of(source, start, end) if t.kind != "comment"]


def matching(tokens: Sequence[Token], i: int) -> int:
    """Return the position of the bracket that closes the one at `i`.

    A token that is no bracket closes itself. The last token closes a bracket that nothing closes.

    Examples
    --------
    >>> matching(tokens_of("f(x[1], {2}) + y"), 1)
    10
    """
    depth = 0
    for k in range(i, len(tokens)):
        depth += (tokens[k].text in OPEN) - (tokens[k].text in CLOSE)
        if depth == 0:
            return k
    return len(tokens) - 1


def outermost(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the positions of the tokens outside brackets; the brackets themselves count."""
    i = 0
    while i < len(tokens):
        yield i
        end = matching(tokens, i)
        if end > i:
            yield end
        i = end + 1


def block_opening(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """Return the name of the block that begins at `i`, and the position of its opening brace."""
    words = []
    while i < len(tokens) and tokens[i].text != "{":
        words.append(tokens[i].text)
        i += 1
    return " ".join(words), i


def split_arguments(text: str) -> list[str]:
    """Split the arguments of a call at its commas, and at the bar of a density.

    Examples
    --------
    >>> split_arguments("y[1, 2] | mu, f(a, b)")
    ['y[1, 2]', 'mu', 'f(a, b)']
    """
    tokens, units, start, barred = tokens_of(text), list[str](), 0, False
    for i in outermost(tokens):
        token = tokens[i]
        around = {t.text for t in (*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2])}
        bar = token.text == "|" and not barred and "|" not in around
        if token.text == "," or bar:
            units.append(text[start : token.start].strip())
            start, barred = token.end, barred or bar
    last = text[start:].strip()
    return [*units, last] if last or (units and not barred) else units


def split_call(text: str) -> tuple[str, str, str]:
    """Return the name of a call, the text of its arguments, and what follows it.

    Examples
    --------
    >>> split_call("normal(mu, (a + b)) T[0, ]")
    ('normal', 'mu, (a + b)', 'T[0, ]')
    """
    tokens = tokens_of(text)
    opening = next(i for i, token in enumerate(tokens) if token.text == "(")
    first, last = tokens[opening], tokens[matching(tokens, opening)]
    return text[: first.start].strip(), text[first.end : last.start], text[last.end :].strip()


def without_brackets(text: str) -> str:
    """Return a text without the brackets around the whole of it.

    Examples
    --------
    >>> without_brackets("((a) + (b))")
    '(a) + (b)'
    """
    tokens = tokens_of(text)
    while tokens and tokens[0].text == "(" and matching(tokens, 0) == len(tokens) - 1:
        tokens = tokens[1:-1]
    return text[tokens[0].start : tokens[-1].end] if tokens else ""
