"""Tokens of Stan's language, and the brackets that match."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "CLOSE",
    "LINE_END",
    "OPEN",
    "_TOKEN",
    "Token",
    "_block_name",
    "_skip_group",
    "closing",
    "split_arguments",
    "tokens_of",
]


def split_arguments(text: str) -> list[str]:
    """Split the arguments of a call at its commas, and at the bar of a density."""
    tokens, pieces, start, depth, barred = tokens_of(text), list[str](), 0, 0, False
    for i, token in enumerate(tokens):
        depth += (token.text in OPEN) - (token.text in CLOSE)
        around = {t.text for t in (*tokens[max(0, i - 1) : i], *tokens[i + 1 : i + 2])}
        bar = token.text == "|" and not barred and "|" not in around
        if depth == 0 and (token.text == "," or bar):
            pieces.append(text[start : token.start].strip())
            start, barred = token.end, barred or bar
    last = text[start:].strip()
    return [*pieces, last] if last or (pieces and not barred) else pieces


def closing(text: str, opening: int) -> int:
    """Return the offset of the bracket that closes the one at `opening`."""
    depth = 0
    for token in tokens_of(text, opening):
        depth += (token.text in OPEN) - (token.text in CLOSE)
        if depth == 0:
            return token.start
    return len(text)


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


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the text with its place."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(source: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of a text, comments included."""
    stop = len(source) if end is None else end
    return [
        Token(str(m.lastgroup), m[0], m.start(), m.end())
        for m in _TOKEN.finditer(source, start, stop)
    ]


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
